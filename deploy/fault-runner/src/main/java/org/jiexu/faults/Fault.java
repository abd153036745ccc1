package org.jiexu.faults;

import java.util.Locale;

/** The faults that are made here, by their numbers. */
enum Fault {
    F1(1, "kill -9 of single services"),
    F2(2, "a service halts at a named crash point, at its n-th hit"),
    F3(3, "kill -9 of all services at once"),
    F4(4, "kill -9 of the Kafka broker"),
    F5(5, "one of three Kafka nodes dies, then two at once"),
    F6(6, "kill -9 of the PostgreSQL postmaster"),
    F7(7, "sessions in PostgreSQL are terminated"),
    F8(8, "every record delivered again, or all topics replayed from offset 0"),
    F9(9, "records out of order, and late ones after the end"),
    F10(10, "poison in the topics"),
    F11(11, "replicas come and go"),
    F12(12, "a service or its replica is paused for longer than its leases"),
    F13(13, "connections are cut, reset, half-open, one-way"),
    F14(14, "connections are slow"),
    F15(15, "the disk of Kafka is full"),
    F16(16, "the disk of PostgreSQL is full"),
    F17(17, "the business clock jumps over the year's end"),
    F18(18, "PostgreSQL is restored from a copy, Kafka is ahead of it"),
    F19(19, "Kafka loses everything and is filled from the journals"),
    F20(20, "services are replaced one by one by a newer build, and by the older one again"),
    F21(21, "three instances of each hosting service while days pass"),
    F22(22, "signing keys change under way"),
    F23(23, "an old region that lies, comes late, says things twice, or says nothing"),
    F24(24, "overload"),
    F26(26, "a row is changed behind everybody's back: the auditor has to say so"),
    MIX(29, "several of these at once");

    private final int number;
    private final String words;

    Fault(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** Below 30. */
    int number() {
        return number;
    }

    String words() {
        return words;
    }

    /** Needs a platform whose parties reach each other through proxies. */
    boolean isProxied() {
        return this == F13 || this == F14;
    }

    /** Needs disks that can be filled up. */
    boolean hasSmallDisks() {
        return this == F15 || this == F16;
    }

    /** One region is not ours. */
    boolean hasLyingRegion() {
        return this == F23;
    }

    /** The verdict must not be clean. */
    boolean isTampering() {
        return this == F26;
    }

    /** Kafka is three nodes. */
    boolean hasManyBrokers() {
        return this == F5;
    }

    /** The platform begins with the older of two builds. */
    boolean hasTwoBuilds() {
        return this == F20;
    }

    /** What a platform has to have from its beginning; one serves all faults that need the same. */
    record Needs(boolean proxies, boolean smallDisks, boolean lyingRegion, boolean manyBrokers, boolean twoBuilds) {}

    Needs needs() {
        return new Needs(isProxied(), hasSmallDisks(), hasLyingRegion(), hasManyBrokers(), hasTwoBuilds());
    }

    /** Leaves the platform in another year, or of another build: nobody else can use it afterwards. */
    boolean needsItsOwnPlatform() {
        return hasTwoBuilds() || isTampering() || this == F17 || this == F18 || this == F19 || this == F21;
    }

    static Fault parse(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }
}
