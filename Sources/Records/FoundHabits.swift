/// What was learned of how names are made and where people live: what evidence by habit, home and department rests on.
public struct FoundHabits: Sendable, Equatable, Codable {
    /// A way of making short names, and how often it holds.
    public struct Form: Sendable, Equatable, Codable {
        /// What it makes of John Smith, with words: `jsmith (first letter, surname)`.
        public var form: String
        /// How many names are made so, of how many whose person's names are known.
        public var count, of: Int

        /// A form from its parts.
        public init(form: String, count: Int, of: Int) {
            self.form = form
            self.count = count
            self.of = of
        }
    }

    /// How many of how many.
    public struct Share: Sendable, Equatable, Codable {
        /// How many of them it is true of, of how many of whom it is known.
        public var count, of: Int

        /// A share from its parts.
        public init(count: Int, of: Int) {
            self.count = count
            self.of = of
        }
    }

    /// Where most people of a postoffice are, or work.
    public struct Place: Sendable, Equatable, Codable {
        /// A container's DN, or a department.
        public var name: String
        /// How many of them, of how many of whom it is known.
        public var count, of: Int
        /// True where the administrator told it; the numbers are what the rows show.
        public var isTold: Bool?

        /// A place from its parts.
        public init(name: String, count: Int, of: Int, isTold: Bool? = nil) {
            self.name = name
            self.count = count
            self.of = of
            self.isTold = isTold
        }
    }

    /// How the Directory Names and aliases of a container are made.
    public struct Container: Sendable, Equatable, Codable {
        /// The container's DN.
        public var dn: String
        /// The forms that make a quarter of its names and more, the most usual first.
        public var forms: [Form]
        /// The same of its aliases.
        public var aliases: [Form]

        /// A container from its parts.
        public init(dn: String, forms: [Form], aliases: [Form]) {
            self.dn = dn
            self.forms = forms
            self.aliases = aliases
        }
    }

    /// What is known of a postoffice, or of a list whose postoffice is unknown.
    public struct Postoffice: Sendable, Equatable, Codable {
        /// `NETWORK/POSTOFFICE`; empty for a list's rows without one.
        public var name: String
        /// How many rows there are.
        public var rows: Int
        /// How their mailbox names are made, the most usual first: forms that make a quarter of them and more.
        public var forms: [Form]
        /// How many of its people whose mailbox is known have their mailbox name as alias and Directory Name; `nil` where no mailbox is known.
        public var kept: Share?
        /// The innermost container in which seven in ten of its people live whose mailbox is known; `nil` where there is none.
        public var home: Place?
        /// The department in which most of them work; `nil` where there is none.
        public var department: Place?

        /// A postoffice from its parts.
        public init(name: String, rows: Int, forms: [Form], kept: Share? = nil, home: Place?, department: Place?) {
            self.name = name
            self.rows = rows
            self.forms = forms
            self.kept = kept
            self.home = home
            self.department = department
        }
    }

    /// Containers with mailboxes of their own, by DN.
    public var containers: [Container]
    /// Postoffices, by name.
    public var postoffices: [Postoffice]

    /// Habits from their parts.
    public init(containers: [Container], postoffices: [Postoffice]) {
        self.containers = containers
        self.postoffices = postoffices
    }
}
