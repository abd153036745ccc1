package org.jiexu.gateway;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a path: a service, and the region whose instance it is (none for the registry).
 *
 * @param region named in the path, or the first six digits of the case number
 */
record Destination(ServiceName service, @Nullable RegionCode region) {
    private static final String REGION = "([0-9]{4}[0-9A-Z]{2})";
    private static final String PROVINCE = "([0-9]{2}0000)";

    private record Rule(Pattern path, ServiceName service) {
        static Rule of(String path, ServiceName service) {
            return new Rule(Pattern.compile(path), service);
        }
    }

    /** The door's table (architecture 5): first match answers. */
    private static final List<Rule> BY_REGION = List.of(
            Rule.of("/api/v1/regions/" + REGION + "/transfers", ServiceName.TRANSFER_IN),
            Rule.of(
                    "/api/v1/regions/" + REGION + "/(persons/me/old-records|old-records/search)",
                    ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/regions/" + REGION + "/instant-transfers(/[0-9a-f-]{36})?", ServiceName.TRANSFER_IN),
            Rule.of(
                    "/api/v1/regions/" + REGION + "/transfer-batches(/[0-9a-f-]{36}(/result)?)?",
                    ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/regions/" + REGION + "/persons/me/account", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/regions/" + REGION + "/account-pay-outs(/.*)?", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/agency/" + REGION + "/account-pay-outs(/.*)?", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/agency/" + REGION + "/tasks(/.*)?", ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/agency/" + REGION + "/transfers-in(/.*)?", ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/agency/" + REGION + "/(ratings|reminders)(/.*)?", ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/agency/" + REGION + "/unmaskings", ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/agency/" + REGION + "/transfers-out(/.*)?", ServiceName.TRANSFER_OUT),
            Rule.of("/api/v1/agency/" + REGION + "/left-over-balances(/.*)?", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/agency/" + REGION + "/(suspense|accounts|ledger)(/.*)?", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/agency/" + REGION + "/clearing(/.*)?", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/operations/services/transfer-in/" + REGION + "/.*", ServiceName.TRANSFER_IN),
            Rule.of("/api/v1/operations/services/transfer-out/" + REGION + "/.*", ServiceName.TRANSFER_OUT),
            Rule.of("/api/v1/operations/services/settlement/" + REGION + "/.*", ServiceName.SETTLEMENT),
            Rule.of("/api/v1/operations/clearing/" + PROVINCE + "(/.*)?", ServiceName.SETTLEMENT));

    private static final List<Rule> REGISTRY = List.of(
            Rule.of("/api/v1/refusal-grounds", ServiceName.REGISTRY),
            Rule.of("/api/v1/agency/" + REGION + "/participation(/.*)?", ServiceName.REGISTRY),
            Rule.of("/api/v1/regions/" + REGION + "/persons/me/accumulation", ServiceName.REGISTRY),
            Rule.of("/api/v1/regions(/" + REGION + "/agencies)?", ServiceName.REGISTRY),
            Rule.of("/api/v1/messages", ServiceName.REGISTRY),
            Rule.of("/api/v1/documents/verification", ServiceName.REGISTRY),
            Rule.of("/api/v1/transfers", ServiceName.REGISTRY),
            Rule.of("/api/v1/operations(/.*)?", ServiceName.REGISTRY));

    private static final Pattern BY_NUMBER = Pattern.compile("/api/v1/transfers/([^/]+)(/.*)?");

    /**
     * Empty when the door has no such path, or the case number is none.
     *
     * @param path as sent: the service would decode what the door has not, and see another address than was counted here
     */
    static Optional<Destination> of(String path) {
        // House rule: no address of the API needs an escaped character.
        if (path.indexOf('%') >= 0) {
            return Optional.empty();
        }
        for (Rule rule : BY_REGION) {
            Matcher match = rule.path().matcher(path);
            if (match.matches()) {
                return Optional.of(new Destination(rule.service(), new RegionCode(match.group(1))));
            }
        }
        for (Rule rule : REGISTRY) {
            if (rule.path().matcher(path).matches()) {
                return Optional.of(new Destination(rule.service(), null));
            }
        }
        Matcher match = BY_NUMBER.matcher(path);
        if (match.matches() && CaseNumber.isValid(match.group(1))) {
            var number = new CaseNumber(match.group(1));
            return Optional.of(new Destination(ServiceName.TRANSFER_IN, number.receivingRegion()));
        }
        return Optional.empty();
    }
}
