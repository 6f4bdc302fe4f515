/// A time as directories write it: Generalized Time (RFC 4517, section 3.3.13), or UTC Time with its two-digit year (section 3.3.34), which
/// is the syntax of When-Created and When-Changed in the schema of Exchange 5.5.
struct DirectoryTime: CustomStringConvertible {
    private let time: CivilTime

    /// `1998-11-22 20:15:00 UTC`.
    var description: String { "\(time) UTC" }

    /// `nil` for what is no time, and for the few texts that are one time in the one form and another in the other.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.map { Int64($0 - UInt8(ascii: "0")) }
        bytes = bytes.dropFirst(digits.count)
        guard digits.count == 10 || digits.count == 12 || digits.count == 14 else { return nil }
        if digits.count == 14, let mark = bytes.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") {
            let fraction = bytes.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !fraction.isEmpty else { return nil }
            bytes = bytes.dropFirst(1 + fraction.count)
        }
        guard let offset = Self.offset(bytes) else { return nil }
        let readings = [Self.generalized(digits), Self.utc(digits)].compactMap { $0 }
        guard readings.count == 1 else { return nil }
        time = CivilTime(secondsSince1970: readings[0] - offset)
    }

    /// Seconds before UTC of `Z`, `+0130` or `-05`; `nil` for anything else.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
        if zone.elementsEqual("Z".utf8) { return 0 }
        guard zone.count == 3 || zone.count == 5, let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let number = Int64(String(decoding: zone.dropFirst(), as: UTF8.self)),
            zone.dropFirst().allSatisfy({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") })
        else { return nil }
        let (hours, minutes) = zone.count == 3 ? (number, 0) : (number / 100, number % 100)
        guard hours < 24, minutes < 60 else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// `YYYYMMDDhh`, then `mm`, then `ss`. Without seconds, only of the centuries that a directory can speak of.
    private static func generalized(_ digits: [Int64]) -> Int64? {
        let year = digits[..<4].reduce(0) { $0 * 10 + $1 }
        guard digits.count == 14 || (1900...2199).contains(year) else { return nil }
        return seconds(year: year, digits[4...])
    }

    /// `YYMMDDhhmm`, then `ss`. Years from 50 are of the 20th century (RFC 5280, section 4.1.2.5.1).
    private static func utc(_ digits: [Int64]) -> Int64? {
        guard digits.count < 14 else { return nil }
        let year = digits[0] * 10 + digits[1]
        return seconds(year: year + (year >= 50 ? 1900 : 2000), digits[2...])
    }

    /// Since 1970, of month, day, hour and what follows; `nil` for what no clock shows.
    private static func seconds(year: Int64, _ digits: ArraySlice<Int64>) -> Int64? {
        var parts = stride(from: digits.startIndex, to: digits.endIndex, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        while parts.count < 5 { parts.append(0) }
        guard let days = CivilTime.days(year: year, month: parts[0], day: parts[1]), parts[2] < 24, parts[3] < 60, parts[4] <= 60 else {
            return nil
        }
        return days * 86_400 + parts[2] * 3600 + parts[3] * 60 + parts[4]
    }
}
