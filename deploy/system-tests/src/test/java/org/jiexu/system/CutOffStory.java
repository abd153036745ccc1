package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.ServicesInside;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At every crash point of the path the service is cut off in mid-step and started again: the case completes, nothing
 * twice, nothing lost. (The same with a real {@code kill -9} is {@link ProcessesStory}.)
 */
@OnSharedPlatform
class CutOffStory {
    private static final List<String> COMMON = List.of(
            "inbox.before-commit", "inbox.after-commit", "relay.after-send-before-delete", "relay.after-delete-commit");

    private final Sandbox sandbox = Platform.shared();

    static Stream<Arguments> points() {
        var points = new ArrayList<Arguments>();
        for (String service : List.of("transfer-in", "transfer-out", "settlement")) {
            COMMON.forEach(point -> points.add(Arguments.of(service, point)));
        }
        // The registry hears of a case and says nothing.
        points.add(Arguments.of("registry", "inbox.before-commit"));
        points.add(Arguments.of("registry", "inbox.after-commit"));
        Stream.of(
                        "transfer-in.after-submit",
                        "transfer-in.before-decide-commit",
                        "transfer-in.after-decide",
                        "transfer-in.before-confirm-commit",
                        "transfer-in.after-confirm")
                .forEach(point -> points.add(Arguments.of("transfer-in", point)));
        Stream.of(
                        "transfer-out.after-hold-requested",
                        "transfer-out.rows-fetched",
                        "transfer-out.before-issue-commit",
                        "transfer-out.after-issue",
                        "transfer-out.before-complete-commit")
                .forEach(point -> points.add(Arguments.of("transfer-out", point)));
        Stream.of(
                        "settlement.before-remit-commit",
                        "settlement.after-remit",
                        "settlement.before-credit-commit",
                        "settlement.after-credit")
                .forEach(point -> points.add(Arguments.of("settlement", point)));
        return points.stream();
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("points")
    void theCaseCompletesOnceAfterTheCut(String service, String point) throws Exception {
        var person = Cases.movers(sandbox, 1, SampleRegion.JINING, SampleRegion.CHANGSHA)
                .getFirst();
        long wealth = Cases.wealth(sandbox, person, SampleRegion.JINING, SampleRegion.CHANGSHA);
        var cut = new CountDownLatch(1);
        ((ServicesInside) sandbox.services())
                .context(service)
                .getBean(CrashPoints.class)
                .arm(point, 1, () -> {
                    cut.countDown();
                    // An Error: no handler on the way takes it for a bad message.
                    throw new CutOff();
                });

        var answered = tryToApply(person);
        assertThat(cut.await(30, TimeUnit.SECONDS)).as("%s was reached", point).isTrue();
        sandbox.services().stop(service);
        sandbox.services().start(service);
        // A client that was cut off sends the same again, with the same key.
        var transfer = answered == null ? again(person) : answered;

        Cases.completes(transfer);
        Cases.isQuiet(sandbox);
        Cases.moneyHasMoved(sandbox, transfer, wealth);
        Cases.booksAreInOrder(sandbox);
        assertThat(new Evidence(sandbox)
                        .query(
                                "transfer_in",
                                "select count(*) from transfer_case where state <> 'REFUSED' and person = '"
                                        + person.person() + "'"))
                .containsExactly("1");
    }

    private TransferCase tryToApply(SamplePerson person) {
        try {
            return Cases.apply(sandbox, person, SampleRegion.JINING, SampleRegion.CHANGSHA);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private TransferCase again(SamplePerson person) {
        var found = new ArrayList<TransferCase>();
        await().atMost(Cases.PATIENCE).ignoreExceptions().until(() -> {
            var answer = TransferCase.send(
                    sandbox.door(),
                    person,
                    SampleRegion.JINING.code(),
                    SampleRegion.CHANGSHA.code(),
                    Cases.key(person, SampleRegion.CHANGSHA));
            if (List.of(200, 201, 202).contains(answer.status())) {
                found.add(TransferCase.of(
                        sandbox.door(),
                        person,
                        SampleRegion.JINING.code(),
                        SampleRegion.CHANGSHA.code(),
                        answer.text("number")));
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static final class CutOff extends Error {
        private static final long serialVersionUID = 1;
    }
}
