internal import CLibLDAP

/// A control that goes with a search (RFC 4511, section 4.1.11).
struct SearchControl {
    var oid: String
    var isCritical: Bool
    var value: [UInt8]
    /// As ldapsearch's `-E` has it.
    var shown: String
}

/// What a search with controls gave beside its entries.
struct ControlledAnswer {
    var entries = 0
    var references: [String] = []
    /// The result's controls: values by OID.
    var controls: [String: [UInt8]] = [:]
}

extension LDAPConnection {
    /// Runs an unpaged search with controls to its end. `intermediate` gets the name and value of each IntermediateResponse (RFC 4511,
    /// section 4.13). Bounded in time and memory like every search, and ended by any result but success.
    borrowing func search(
        _ request: SearchRequest, controls: [SearchControl], doing: String, entry: (borrowing LDAPEntry) throws(LDAPError) -> Void,
        intermediate: (String, [UInt8]) throws(LDAPError) -> Void
    ) throws(LDAPError) -> ControlledAnswer {
        var shown = request
        shown.shownControl = controls.first?.shown
        settings.willSearch?(shown, settings.address)
        let id = try send(request, controls: controls, doing: doing)
        var answer = ControlledAnswer()
        do throws(LDAPError) {
            while true {
                let message = try nextMessage(of: id, in: answer.entries > 0 ? .hundreds : .single, doing: doing)
                switch ber_tag_t(message.type) {
                case 0x64:  // SearchResultEntry
                    try unsafe entry(LDAPEntry(handle: handle, message: message))
                    answer.entries += 1
                case 0x73: answer.references += try references(in: message, doing: doing)
                case 0x79:  // IntermediateResponse
                    let (oid, value) = try intermediateResponse(message, doing: doing)
                    try intermediate(oid, value)
                // Samba refuses a control that it does not know with an ExtendedResponse.
                case 0x65, 0x78:  // SearchResultDone, ExtendedResponse
                    let result = try parse(message, doing: doing)
                    guard result.code == LDAP_SUCCESS, message.type == 0x65 else { throw result.error(doing) }
                    answer.controls = resultControls(message)
                    return answer
                default:
                    throw LDAPError(
                        .protocolViolation, doing: doing, because: "the server answered the search with message type \(message.type)")
                }
            }
        } catch {
            unsafe ldap_abandon_ext(handle, id, nil, nil)
            throw error
        }
    }

    private func send(_ request: SearchRequest, controls: [SearchControl], doing: String) throws(LDAPError) -> Int32 {
        guard !([request.base, request.filter] + request.attributes).contains(where: { $0.utf8.contains(0) }) else {
            throw LDAPError(.badSetting, doing: doing, because: "base, filter or an attribute's name holds a null character")
        }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>.allocate(capacity: controls.count + 1)
        defer { unsafe list.deallocate() }
        for place in 0...controls.count { unsafe list[place] = nil }
        defer { for place in controls.indices { unsafe ldap_control_free(list[place]) } }
        for (place, control) in controls.enumerated() {
            var value = control.value
            let count = ber_len_t(value.count)
            let code = unsafe value.withUnsafeMutableBytes { bytes in
                var octets = unsafe berval(bv_len: count, bv_val: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
                return unsafe ldap_control_create(control.oid, control.isCritical ? 1 : 0, &octets, 1, &list[place])
            }
            guard code == LDAP_SUCCESS else {
                throw LDAPError(.library(code), doing: doing, because: "a control cannot be made (\(ResultCodeText.name(of: code)))")
            }
        }
        var id: Int32 = 0
        let code = unsafe withCStrings(request.attributes) { names in
            unsafe ldap_search_ext(
                handle, request.base, request.scope.number, request.filter, names, 0, list, nil, nil, Int32(clamping: request.sizeLimit),
                &id)
        }
        guard code != LDAP_FILTER_ERROR else {
            throw LDAPError(.badFilter, doing: doing, because: "'\(request.filter)' is not a filter as RFC 4515 writes it")
        }
        guard code == LDAP_SUCCESS else { throw connectionFailed(doing) }
        return id
    }

    private func intermediateResponse(_ message: borrowing LDAPMessage, doing: String) throws(LDAPError) -> (String, [UInt8]) {
        var oid: UnsafeMutablePointer<CChar>?
        var value: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_intermediate(handle, message.pointer, &oid, &value, nil, 0)
        defer {
            unsafe ldap_memfree(oid)
            unsafe ber_bvfree(value)
        }
        guard code == LDAP_SUCCESS else {
            throw LDAPError(.protocolViolation, doing: doing, because: "a message from the server cannot be read")
        }
        return unsafe (String(libldap: oid), value.map { unsafe [UInt8](berval: $0.pointee) } ?? [])
    }

    /// The controls of a result that has been read already.
    private func resultControls(_ message: borrowing LDAPMessage) -> [String: [UInt8]] {
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        _ = unsafe ldap_parse_result(handle, message.pointer, nil, nil, nil, nil, &controls, 0)
        guard var next = unsafe controls else { return [:] }
        defer { unsafe ldap_controls_free(controls) }
        var values: [String: [UInt8]] = [:]
        while let control = unsafe next.pointee {
            unsafe values[String(libldap: control.pointee.ldctl_oid)] = [UInt8](berval: control.pointee.ldctl_value)
            unsafe next += 1
        }
        return values
    }
}

extension LDAPEntry {
    /// The value of a control that came with the entry; `nil` when there is none.
    func control(_ oid: String, doing: String) throws(LDAPError) -> [UInt8]? {
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        guard unsafe ldap_get_entry_controls(handle, message, &controls) == LDAP_SUCCESS else {
            throw LDAPError(.protocolViolation, doing: doing, because: "an entry's controls cannot be read")
        }
        guard let list = unsafe controls else { return nil }
        defer { unsafe ldap_controls_free(controls) }
        guard let control = unsafe ldap_control_find(oid, list, nil) else { return nil }
        return unsafe [UInt8](berval: control.pointee.ldctl_value)
    }
}

extension [UInt8] {
    /// A copy of libldap's octets; empty for none.
    init(berval value: berval) {
        self = unsafe value.bv_val == nil ? [] : [UInt8](UnsafeRawBufferPointer(start: value.bv_val, count: Int(value.bv_len)))
    }
}
