extension StringProtocol where SubSequence == Substring {
    /// Without blanks at either end. Looks at two characters where there are none.
    var trimmed: String {
        guard first == " " || last == " " else { return String(self) }
        return String(drop { $0 == " " }.trimmingEnd)
    }
}

extension String {
    /// Without blanks at either end. Looks at two bytes where there are none.
    var trimmed: String {
        let blank = UInt8(ascii: " ")
        guard utf8.first == blank || utf8.last == blank else { return self }
        return String(drop { $0 == " " }.trimmingEnd)
    }
}

extension Substring {
    /// Without blanks at the end.
    fileprivate var trimmingEnd: Substring {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
