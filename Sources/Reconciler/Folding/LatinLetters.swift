/// Latin letters with marks, and the plain letters they stand for, from Unicode's decompositions and the few that have none.
///
/// `-` marks a character that is not a letter or that no plain letter stands for. In Unicode's order, so that a letter's place is its code.
enum LatinLetters {
    /// U+00C0 to U+024F: Latin-1 Supplement, Latin Extended-A and B.
    static let first: [[UInt8]] = table(
        """
        a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i i i d n o o o o
        o - o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i
        i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t
        t t t t t u u u u u u u u u u u u w w y y y z z z z z z s - - - - - - - - - - - - - - e e - f f - - - - - - - -
        - - - - - o o - - - - - - - - - - - - - u u - - - - z z - - - - - - - - - - - - - dz dz dz lj lj lj nj nj nj a
        a i i o o u u u u u u u u u u e a a a a ae ae - - g g k k o o o o - - j dz dz dz g g - - n n a a ae ae o o a a
        a a e e e e i i i i o o o o r r r r u u u u s s t t - - h h - - - - - - a a e e o o o o o o o o y y - - - - - -
        - - - - - - - - - - - - - - - - - - - - - -
        """)

    /// U+1E00 to U+1EFF: Latin Extended Additional.
    static let additional: [[UInt8]] = table(
        """
        a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k k k k k l l
        l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s s s s s s s t t t t t t
        t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z h t w y - s - - ss - a a a a a a a
        a a a a a a a a a a a a a a a a a e e e e e e e e e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o
        o o o o o u u u u u u u u u u u u u u y y y y y y y y - - - - - -
        """)

    private static func table(_ text: String) -> [[UInt8]] {
        text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { $0.elementsEqual("-".utf8) ? [] : Array($0) }
    }
}
