import LDAPClient
import TestSupport
import Testing

@Suite("A filter's text")
struct FilterTests {
    static let filters = [
        ("(cn=x)", true), ("cn=x", true), ("(cn=)", true), ("(cn=*)", true), ("(cn=a*b*)", true), ("(&)", true), ("(|)", true),
        ("(&(objectClass=person)(sn=*))", true), ("( & (cn=x) (!(sn=y)) )", true), ("(|(a=b)(&(c>=1)(d<=2)(e~=f)))", true),
        ("(cn:caseExactMatch:=x)", true), ("(cn:dn:2.4.6.8.10:=x)", true), ("(:dn:2.4.6.8.10:=x)", true), ("(cn;lang-de=x)", true),
        ("(cn=\\28\\2a)", true), ("(cn=a\\)b)", true), ("(cn=Zoë)", true), ("(cn=a=b)", true), ("(Hide-From-Address-Book=TRUE)", true),
        ("", false), ("()", false), ("(", false), ("x", false), ("(x)", false), ("(=x)", false), ("(a b=c)", false),
        ("(&(sn=Person)", false),
        ("(sn=Person))", false), ("(cn=x)(cn=y)", false), ("(!)", false), ("(!(a=b)(c=d))", false), ("(&a=b)", false),
        ("(cn=a(b)c)", false),
        ("(cn=\\zz)", false), ("(cn=x\\)", false), ("(cn=x\\2)", false), ("(cn:=)x", false), ("(cn:x=y)", false), ("(cn=\u{0})", false),
    ]

    @Test(
        "Where a text stops being a filter is told in characters",
        arguments: [("(objectClass=*", 15), ("(a=b))", 6), ("(&(a=b)c)", 8), ("(a=(b)", 4), ("(sn=Müller", 11), ("", 1), ("(a=b)", nil)])
    func fault(text: String, place: Int?) {
        #expect(FilterText.fault(in: text) == place)
    }

    @Test("is one of RFC 4515, or not", arguments: filters)
    func syntax(_ text: String, _ isWellFormed: Bool) {
        #expect(FilterText.isWellFormed(text) == isWellFormed)
    }

    @Test("is never refused where libldap and a server take it")
    func agreement() throws {
        let connection = try connect(SearchTests.many.get().uri)
        for (text, isWellFormed) in Self.filters where !text.contains("\0") {
            let outcome = Outcome { () throws(LDAPError) in
                _ = try connection.search(SearchRequest(base: "o=Test", scope: .base, filter: text)) { _ in }
            }
            #expect((outcome.error == nil) == isWellFormed, "\(text): \(outcome.error.map { "\($0)" } ?? "taken")")
        }
    }
}
