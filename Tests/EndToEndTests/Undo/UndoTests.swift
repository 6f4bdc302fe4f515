import Foundation
import TestSupport
import Testing

@Suite("undo")
struct UndoTests {
    @Test("puts back the very file that apply replaced, keeps what was written, and says which apply that was")
    func putsBack() throws {
        let place = try UndoPlace()
        #expect(chmod(place.folder["users.csv"], 0o640) == 0)
        let before = try FileManager.default.attributesOfItem(atPath: place.folder["users.csv"])
        try place.succeed(UndoPlace.apply(), status: 3)
        #expect(try place.content() == .new)
        let run = try place.succeed(["undo", "users.csv"], status: 0)
        #expect(run.output.hasPrefix("users.csv is again what it was before apply 1 (20"), "\(run.output)")
        #expect(run.output.hasSuffix(", plan users.csv.plan.jsonl); what that wrote is kept as users.csv.undone.\n") && run.errors == "")
        #expect(try place.content() == .old && place.content("users.csv.undone") == .new)
        #expect(try place.newFiles() == ["users.csv.applied.jsonl", "users.csv.undone"])
        let after = try FileManager.default.attributesOfItem(atPath: place.folder["users.csv"])
        for key in [FileAttributeKey.systemFileNumber, .posixPermissions, .modificationDate, .ownerAccountID] {
            #expect(after[key] as? NSObject == before[key] as? NSObject, "\(key)")
        }
    }

    @Test("takes away a file where nothing stood before, and is undone by applying the plan again")
    func takesAway() throws {
        let place = try UndoPlace()
        for number in 1...3 {
            try place.succeed(UndoPlace.apply(to: "new.csv"), status: 3)
            #expect(try place.content("new.csv") == .new)
            let run = try place.succeed(["undo", "new.csv"], status: 0)
            let name = number == 1 ? "new.csv.undone" : "new.csv.undone-\(number)"
            #expect(run.output.contains("new.csv is gone, as it was before apply \(number)"), "\(run.output)")
            #expect(run.output.hasSuffix("is kept as \(name).\n"), "\(run.output)")
            #expect(try place.content("new.csv") == .nothing && place.content(name) == .new && place.content() == .old)
        }
    }

    @Test("goes back one apply at a time, and says when nothing is left")
    func several() throws {
        let place = try UndoPlace()
        try place.folder.write(try UndoPlace.old.get() + Array("\r\n".utf8), to: "target.csv")
        let first = try place.folder.read("target.csv")
        let apply = UndoPlace.apply(to: "target.csv") + ["--replace"]
        try place.succeed(apply, status: 3)
        // Another content over the first, by a plan with Modify.
        let directory = "ldif:\(SampleCase.demo.path("directory.ldif"))"
        let other = ["plan", "users.csv", "--mode", "modify", "-o", "other.plan.jsonl", "--directory", directory]
        try place.succeed(other + SampleServer.planOptions, status: 3)
        try place.succeed(["apply", "other.plan.jsonl", "--output", "target.csv", "--replace"], status: 3)
        let second = try place.folder.read("target.csv")
        var run = try place.run("undo", "target.csv", "--apply", "1")
        expectRefusal(run, status: 5, saying: ["apply 1 (", "cannot be undone, for apply 2 stands over it", "Nothing was undone"])
        #expect(try place.folder.read("target.csv") == second)
        #expect(try place.succeed(["undo", "target.csv"], status: 0).output.contains("before apply 2"))
        #expect(try place.content("target.csv") == .new)
        run = try place.succeed(["undo", "target.csv", "--apply", "2"], status: 0)
        #expect(run.output.contains("target.csv: apply 2 (") && run.output.hasSuffix("is undone already.\n"), "\(run.output)")
        #expect(try place.succeed(["undo", "target.csv", "--apply", "1"], status: 0).output.contains("before apply 1"))
        #expect(try place.folder.read("target.csv") == first)
        run = try place.succeed(["undo", "target.csv"], status: 0)
        #expect(run.output == "Nothing is left to undo: every apply of target.csv is undone.\n")
        #expect(try place.folder.read("target.csv.undone") == second && place.content("target.csv.undone-2") == .new)
    }

    @Test("lists every apply with what has become of it, for people and programs, and changes nothing")
    func list() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        try place.succeed(["undo", "users.csv"], status: 0)
        try place.succeed(UndoPlace.apply(), status: 3)
        let before = try place.folder.list()
        let text = try place.succeed(["undo", "users.csv", "--list"], status: 0).output.split(separator: "\n")
        #expect(text.count == 3 && text[0] == "Applies of users.csv")
        #expect(text[1].hasPrefix("  1  20") && text[1].hasSuffix("Z  18 rows  users.csv.plan.jsonl  undone"), "\(text)")
        #expect(text[2].hasSuffix("18 rows  users.csv.plan.jsonl  in place: the file is what it wrote"), "\(text)")
        let json = try place.succeed(["undo", "users.csv", "--list", "--json"], status: 0).standardOutput
        let listing = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        let applies = try #require(listing["applies"] as? [[String: Any]])
        #expect(
            applies.map { $0["state"] as? String } == ["undone", "inPlace"] && applies.map { $0["isUndone"] as? Bool } == [true, false])
        #expect(applies[1]["number"] as? Int == 2 && applies[1]["changedRows"] as? Int == 18)
        #expect(listing["journal"] as? String == "users.csv.applied.jsonl")
        #expect(try place.folder.list() == before)
        #expect(try place.content() == .new)
    }

    @Test("refuses a file that was changed since, and says every cell and row by which it was")
    func changed() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        var lines = String(decoding: try place.folder.read("users.csv"), as: Unicode.ASCII.self).components(separatedBy: "\r\n")
        let holloway = try #require(lines.firstIndex { $0.hasPrefix("HOLLOWAYM,") })
        lines[holloway] = lines[holloway].replacing("MargaretH", with: "MHolloway")
        let okonkwo = try #require(lines.firstIndex { $0.hasPrefix("OKONKWOC,") })
        lines[okonkwo] = lines[okonkwo].replacing("OKONKWOC", with: "NEWMANN")
        // The bytes above 127 must stay what they were.
        var bytes: [UInt8] = []
        let original = try place.folder.read("users.csv").split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            bytes += [holloway, okonkwo].contains(index) ? Array((line + "\r").utf8) : Array(original[index])
            if index + 1 < lines.count { bytes.append(0x0A) }
        }
        try place.folder.write(bytes, to: "users.csv")
        let run = try place.run("undo", "users.csv")
        expectRefusal(
            run, status: 5,
            saying: [
                "The row OKONKWOC, written on line 7, is gone.", "Line 7 (NEWMANN): this row was not written.",
                "Line 6 (HOLLOWAYM): Common-Name was written as 'MargaretH' and is 'MHolloway'.",
                "users.csv has been changed since apply 1 (",
                "1 row is gone, 1 row was not written, 1 cell differs. Nothing was undone.",
                "What stood there before is kept as users.csv.previous.",
            ])
        #expect(try place.folder.read("users.csv") == bytes && place.newFiles() == ["users.csv.applied.jsonl", "users.csv.previous"])
        // The list that it was made of is gone as well: then the journal's cells are all there is.
        try FileManager.default.removeItem(atPath: place.folder["users.csv.previous"])
        expectRefusal(
            try place.run("undo", "users.csv"), status: 5,
            saying: ["Line 6 (HOLLOWAYM): Common-Name was written as 'MargaretH'", "what else differs cannot be said"])
    }

    @Test("says where the first byte differs when no cell does, and that a file is no user list any more, or gone")
    func bytes() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let written = try place.folder.read("users.csv")
        try place.folder.write(written.dropLast(2), to: "users.csv")
        expectRefusal(
            try place.run("undo", "users.csv"), status: 5,
            saying: [
                "no cell says anything else, but the first byte that differs is byte \(written.count - 1)",
                "0x0D was written, and the end of the file is there",
            ])
        try place.folder.write("hello\n", to: "users.csv")
        expectRefusal(
            try place.run("undo", "users.csv"), status: 5,
            saying: ["it cannot be read as that user list any more", "first byte that differs is"])
        try FileManager.default.removeItem(atPath: place.folder["users.csv"])
        expectRefusal(
            try place.run("undo", "users.csv"), status: 5, saying: ["users.csv is gone since apply 1", "kept as users.csv.previous"])
        try place.folder.write(written, to: "users.csv")
        try place.succeed(["undo", "users.csv"], status: 0)
    }

    @Test("refuses when the file that was replaced is gone or another one, and finds it whatever its number")
    func previous() throws {
        let place = try UndoPlace()
        try place.folder.write("older\n", to: "users.csv.previous")
        try place.succeed(UndoPlace.apply(), status: 3)
        let kept = place.folder["users.csv.previous-2"]
        try FileManager.default.moveItem(atPath: kept, toPath: place.folder["elsewhere"])
        expectRefusal(
            try place.run("undo", "users.csv"), status: 66,
            saying: [
                "what stood there before apply 1 is gone or was changed", "users.csv.previous holds something else", "Nothing was undone",
            ])
        #expect(try place.content() == .new)
        try FileManager.default.moveItem(atPath: place.folder["elsewhere"], toPath: place.folder["users.csv.previous-17"])
        try place.succeed(["undo", "users.csv"], status: 0)
        #expect(try place.content() == .old && String(decoding: place.folder.read("users.csv.previous"), as: UTF8.self) == "older\n")
    }

    @Test("follows a symbolic link as apply does, and names hard links to what it took back")
    func links() throws {
        let place = try UndoPlace()
        try place.folder.write(try UndoPlace.old.get(), to: "real/list.csv")
        #expect(symlink("real/list.csv", place.folder["link.csv"]) == 0)
        try place.succeed(["apply", "users.csv.plan.jsonl", "--output", "link.csv", "--replace"], status: 3)
        #expect(link(place.folder["real/list.csv"], place.folder["real/twin.csv"]) == 0)
        let run = try place.succeed(["undo", "link.csv"], status: 0)
        #expect(run.output.contains("real/list.csv is again what it was") && run.output.contains("kept as real/list.csv.undone"))
        #expect(run.errors == "the undone file has 1 other name (a hard link, here twin.csv), which still leads to its undone content\n")
        #expect(try place.content("real/list.csv") == .old && place.content("real/twin.csv") == .new)
    }

    @Test("of a file that no apply is noted for, or an apply that there is not, says what to name")
    func unknown() throws {
        let place = try UndoPlace()
        expectRefusal(
            try place.run("undo", "users.csv"), status: 66, saying: ["no apply of this file is noted", "Name the file that apply wrote"])
        try place.succeed(UndoPlace.apply(to: "users.corrected.csv"), status: 3)
        expectRefusal(try place.run("undo", "users.csv"), status: 66, saying: ["ldap-reconcile undo users.corrected.csv"])
        expectRefusal(
            try place.run("undo", "users.corrected.csv", "--apply", "7"), status: 64, saying: ["there is no apply 7; noted are 1"])
        expectRefusal(
            try place.run("undo", "users.corrected.csv", "--apply", "1", "--list"), status: 64, saying: ["give one of them"])
        expectRefusal(try place.run("undo", "a", "--apply", "1", "--apply", "2"), status: 64, saying: ["--apply is given twice"])
        #expect(try place.newFiles() == ["users.corrected.csv", "users.corrected.csv.applied.jsonl"])
    }

    @Test("and apply refuse a journal that is none, is of a newer version, or that others may write to, with line and column")
    func badJournals() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let journal = "users.csv.applied.jsonl"
        let good = try place.folder.read(journal)
        try place.folder.write(try UndoPlace.old.get(), to: "users.csv")
        let cases: [([UInt8], [String])] = [
            (Array("SFS_UserName,x\n".utf8), ["\(journal):1:1: this is no journal"]),
            (good + Array("{\"ldapReconcileJournal\":2,\"x\":{}}\n".utf8), ["\(journal):3:25: the journal is of format 2", "newer"]),
            (good + Array("{\"ldapReconcileJournal\":1,\"undo\":{\"at\":\"x\"}}\n".utf8), ["\(journal):3:27: 'number' is missing here"]),
            (
                good + Array("{\"ldapReconcileJournal\":1,\"undo\":{\"number\":9,\"at\":\"\"}}\n".utf8),
                ["\(journal):3:35: no apply of the number 9"]
            ),
        ]
        for (bytes, words) in cases {
            try place.folder.write(bytes, to: journal)
            for command in [["undo", "users.csv"], UndoPlace.apply(), ["undo", "users.csv", "--list"]] {
                expectRefusal(try place.run(command), status: 65, saying: words + ["Nothing was done"])
                #expect(try place.folder.read(journal) == bytes && place.content() == .old)
            }
        }
        try place.folder.write(good, to: journal)
        #expect(chmod(place.folder[journal], 0o664) == 0)
        for command in [["undo", "users.csv"], UndoPlace.apply()] {
            expectRefusal(try place.run(command), status: 77, saying: [journal, "others may write to it", "chmod go-w"])
        }
        try FileManager.default.moveItem(atPath: place.folder[journal], toPath: place.folder["moved"])
        #expect(symlink("moved", place.folder[journal]) == 0)
        expectRefusal(try place.run("undo", "users.csv"), status: 77, saying: [journal, "symbolic link"])
        #expect(try place.content() == .old)
    }

    @Test("passes over a line that was cut off; the next one stands on a line of its own")
    func torn() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let journal = try place.folder.read("users.csv.applied.jsonl")
        for length in [1, 23, 24, 25, 40, 700] {
            for tail in [[], [0, 0, 0]] as [[UInt8]] {
                try place.folder.write(journal + journal.prefix(length) + tail, to: "users.csv.applied.jsonl")
                try place.succeed(["undo", "users.csv"], status: 0)
                try place.succeed(UndoPlace.apply(), status: 3)
                let list = try place.succeed(["undo", "users.csv", "--list"], status: 0).output
                #expect(list.split(separator: "\n").count == 3 && list.hasSuffix("in place: the file is what it wrote\n"), "\(list)")
                try place.succeed(["undo", "users.csv"], status: 0)
                try place.folder.write(try UndoPlace.new.get(), to: "users.csv")
                try place.folder.write(try UndoPlace.old.get(), to: "users.csv.previous")
            }
        }
    }

    @Test("says that it is busy while another run has the file")
    func busy() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let lock = open(place.folder[".users.csv.lock"], O_RDWR | O_CREAT, 0o600)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        expectRefusal(try place.run("undo", "users.csv"), status: 75, saying: ["users.csv", "is writing this file"])
        try place.succeed(["undo", "users.csv", "--list"], status: 0)
        #expect(try place.content() == .new)
    }

    @Test("goes by numbers, not by the clock, and not by the code page of the terminal")
    func journalsTimes() throws {
        let place = try UndoPlace()
        try place.succeed(UndoPlace.apply(), status: 3)
        let journal = String(decoding: try place.folder.read("users.csv.applied.jsonl"), as: UTF8.self)
        // Written while the clock stood in another century.
        try place.folder.write(journal.replacing(/"at":"20..-/, with: "\"at\":\"2177-"), to: "users.csv.applied.jsonl")
        try place.succeed(["undo", "users.csv"], status: 0)
        try place.succeed(UndoPlace.apply(), status: 3)
        let run = try place.succeed(["undo", "users.csv"], status: 0)
        #expect(run.output.contains("before apply 2 (20"), "\(run.output)")
    }
}
