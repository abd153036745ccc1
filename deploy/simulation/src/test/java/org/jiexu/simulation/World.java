package org.jiexu.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.bus.time.WorkingDays;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;

/** One seed's world: regions with their services, persons with their cases, a network, people, and a clock. */
final class World {
    private static final Instant BEGIN = Instant.parse("2026-09-14T01:00:00Z");
    static final LocalDate FIRST_DAY = LocalDate.ofInstant(BEGIN, BusinessClock.ZONE);
    static final Quarter FIRST_QUARTER = Quarter.of(BEGIN);
    private static final Instant LAST_DAY = FIRST_QUARTER.end().minus(Duration.ofHours(15));
    private static final List<RegionCode> REGIONS =
            List.of(new RegionCode("430100"), new RegionCode("430200"), new RegionCode("370800"));
    private static final List<List<PersonId>> PERSONS = List.of(records("A"), records("B"));
    private static final WorkingDays CALENDAR = WorkingCalendar.of(List.of()).of(REGIONS.getFirst());
    /** Far beyond what any world needs to come to rest. */
    private static final int MOST_STEPS = 3_000;

    final SplittableRandom random;
    final Machines machines;
    final Story story;
    final Undo undo = new Undo();
    final Faults faults;
    final WorkingDays calendar = CALENDAR;
    final Network network;
    final Watch watch;
    final CarelessSettlement careless;
    final Registry registry;
    final Centre centre;
    final Liar liar;
    final List<Region> regions = new ArrayList<>();
    final List<Treasury> treasuries = new ArrayList<>();
    final List<Insured> persons = new ArrayList<>();
    final List<Matter> matters = new ArrayList<>();
    final Rows<PersonId, Long> paidIn;
    private final Map<CaseNumber, Matter> byNumber = new HashMap<>();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Office office;
    private final Tally walked = new Tally();
    private int steps;
    Instant now;
    private String nowText;

    /** 参保人 — and the records under which registries know this one person; the first is the person's name here. */
    record Insured(List<PersonId> records, Map<RegionCode, List<AccountKey.Personal>> byRegion) {
        static Insured of(List<PersonId> records) {
            var byRegion = new HashMap<RegionCode, List<AccountKey.Personal>>();
            REGIONS.forEach(region -> byRegion.put(
                    region,
                    records.stream()
                            .map(record -> new AccountKey.Personal(region, record))
                            .toList()));
            return new Insured(records, byRegion);
        }

        PersonId id() {
            return records.getFirst();
        }

        PersonId some(SplittableRandom random) {
            return records.size() == 1 ? id() : records.get(random.nextInt(records.size()));
        }

        List<AccountKey.Personal> accounts(RegionCode region) {
            return byRegion.getOrDefault(region, List.of());
        }
    }

    private static List<PersonId> records(String person) {
        return Stream.of("1", "2", "3")
                .map(record -> new PersonId("P0000000000" + person + record))
                .toList();
    }

    World(long seed, Machines machines, Story story) {
        this.machines = machines;
        this.story = story;
        random = new SplittableRandom(seed);
        faults = Faults.of(random);
        now = faults.quarterEnds() ? LAST_DAY : BEGIN.plus(Duration.ofDays(random.nextInt(17)));
        nowText = now.toString();
        network = new Network(this);
        watch = new Watch(this);
        paidIn = new Rows<>(undo);
        liar = new Liar(this);
        careless = new CarelessSettlement(machines.sending(), undo);
        registry = new Registry(this, REGIONS);
        connect(registry);
        centre = new Centre(this, REGIONS);
        connect(centre);
        REGIONS.forEach(this::open);
        for (int i = 0; i <= random.nextInt(2); i++) {
            persons.add(Insured.of(PERSONS.get(i).subList(0, faults.merges() ? 3 : 1)));
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            begin(Office.someMatter(random, regions, persons));
        }
        office = new Office(this);
        story.tell(() -> faults + " " + matters);
    }

    private void open(RegionCode code) {
        boolean byHand = faults.careless() && code.equals(REGIONS.getFirst());
        var region = new Region(
                code,
                new ReceivingDesk(this, code),
                new SendingDesk(this, code),
                new Treasury(this, code, byHand ? careless : machines.sending()));
        regions.add(region);
        treasuries.add(region.money());
        connect(region.in());
        connect(region.out());
        connect(region.money());
    }

    private void connect(Service service) {
        services.put(service.self.toString(), service);
        network.connect(service);
    }

    /** From now on somebody may apply for it, and at last does. */
    void begin(Matter matter) {
        story.tell(() -> "there is to be " + matter);
        matters.add(matter);
        byNumber.put(matter.number(), matter);
    }

    Region region(RegionCode code) {
        return regions.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** Disorder for a while, then until rest; returns which ways were walked how often. */
    Tally run() {
        office.payIn();
        committed();
        int disorder = 20 + random.nextInt(50);
        for (int i = 0; i < disorder; i++) {
            story.nextStep();
            disorderly();
            committed();
        }
        story.tell(() -> "--- from here on nothing is cut off, and everybody does his duty");
        steps = 0;
        rest();
        while (faults.merges() && random.nextInt(4) > 0 && office.afterwards.merge()) {
            committed();
            rest();
        }
        if (random.nextInt(3) == 0) {
            office.afterwards.leftBehind();
            committed();
            rest();
            watch.leftIsKnown();
            office.afterwards.askInPeace();
            committed();
            rest();
        }
        closeQuarters();
        watch.leftIsKnown();
        watch.atRest(services.values());
        office.count();
        return walked;
    }

    private void rest() {
        while (orderly()) {
            committed();
            story.nextStep();
            steps++;
            Broken.unless(steps < MOST_STEPS, () -> "does not come to rest: " + states());
        }
    }

    /** Everything that was advanced is cleared and paid, what is taken back meanwhile in the quarter after. */
    private void closeQuarters() {
        // The second time what was taken back has a table already.
        for (int round = 0; round < 2; round++) {
            if (random.nextInt(3) == 0) {
                office.correct();
                committed();
                rest();
            }
            closeQuarter();
        }
    }

    private void closeQuarter() {
        while (centre.hasUncleared()) {
            var end = Quarter.of(now).end();
            daysPass((int) Duration.between(now, end).toDays() + 1);
            rest();
        }
    }

    /** Now and then the first quarter's last day is over; false when it is long over. */
    private boolean quarterEnds() {
        boolean runs = !FIRST_QUARTER.isOverAt(now);
        if (runs && random.nextInt(4) == 0) {
            daysPass(1);
        }
        return runs;
    }

    /** The statement, table or payment that is due next; false when none is. */
    boolean clear() {
        int start = random.nextInt(treasuries.size());
        for (int i = 0; i < treasuries.size(); i++) {
            var treasury = treasuries.get((start + i) % treasuries.size());
            if (centre.isMember(treasury.region) && (treasury.quarters.state() || treasury.quarters.payUp())) {
                return true;
            }
        }
        return centre.generate() || centre.payDown();
    }

    private void disorderly() {
        int dice = random.nextInt(100);
        if (dice < 45 && network.deliver(false)) {
            return;
        }
        if (dice >= 72 && dice < 75 && tellWhatIsLeft()) {
            return;
        }
        if (dice < 75 && relay(random.nextInt(100) < faults.crash())) {
            return;
        }
        office.something();
        if (random.nextInt(100) < faults.crash()) {
            undo.rollBack();
            walked(Way.CUT_OFF);
            story.tell(() -> "cut off before the commit: nothing of it stays");
        }
    }

    /** False at rest. People do not wait until every message has come. */
    private boolean orderly() {
        if (faults.quarterEnds() && random.nextInt(12) == 0 && (quarterEnds() || clear())) {
            return true;
        }
        return switch (random.nextInt(4)) {
            case 0 -> office.duty() || relay(false) || network.deliver(true) || tellWhatIsLeft() || clear();
            case 1 -> relay(false) || tellWhatIsLeft() || network.deliver(true) || office.duty() || clear();
            default -> network.deliver(true) || relay(false) || office.duty() || tellWhatIsLeft() || clear();
        };
    }

    private boolean tellWhatIsLeft() {
        return treasuries.stream().anyMatch(treasury -> treasury.left.tell());
    }

    private boolean relay(boolean cutOff) {
        int skip = random.nextInt(services.size());
        Service first = null;
        for (var service : services.values()) {
            if (!service.outbox.isEmpty()) {
                first = first == null ? service : first;
                if (skip <= 0) {
                    network.relay(service, cutOff);
                    return true;
                }
            }
            skip--;
        }
        if (first != null) {
            network.relay(first, cutOff);
        }
        return first != null;
    }

    private void committed() {
        if (!undo.isEmpty()) {
            watch.afterStep();
            undo.commit();
        }
    }

    void daysPass(int days) {
        now = now.plus(Duration.ofDays(days));
        nowText = now.toString();
        story.tell(() -> "it is " + now);
        services.values().forEach(Service::sweep);
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, BusinessClock.ZONE);
    }

    String nowText() {
        return nowText;
    }

    void paidIn(PersonId person, Fen amount) {
        var id = insured(person).id();
        paidIn.put(id, paidIn.getOrDefault(id, 0L) + amount.value());
    }

    /** Whose record that is. */
    Insured insured(PersonId record) {
        return persons.stream()
                .filter(person -> person.records().contains(record))
                .findFirst()
                .orElseThrow();
    }

    void walked(Way way) {
        walked.count(way);
    }

    Matter matter(CaseNumber number) {
        var matter = byNumber.get(number);
        if (matter == null) {
            throw new Broken("nobody has a case " + number);
        }
        return matter;
    }

    Collection<Service> services() {
        return services.values();
    }

    private String states() {
        var text = new StringBuilder();
        for (var matter : matters) {
            text.append('\n').append(matter.number());
            services.values()
                    .forEach(service -> text.append("\n   ")
                            .append(service.self)
                            .append(": ")
                            .append(service.stateOf(matter.number())));
        }
        return text.toString();
    }
}
