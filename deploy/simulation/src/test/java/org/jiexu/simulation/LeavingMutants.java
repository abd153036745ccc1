package org.jiexu.simulation;

/** Wrong rules of what stays in the old region. */
final class LeavingMutants {
    private LeavingMutants() {}

    static Machines pushesWhatWasChosen(Machines real) {
        return real.withLeaving(new Machines.Leaving() {
            @Override
            public boolean isPushed(boolean chosen) {
                return true;
            }

            @Override
            public boolean isSomething(boolean months, Machines.Left money, Matter asked) {
                return real.leaving().isSomething(months, new Machines.Left(money.amount(), false), asked);
            }
        });
    }

    static Machines countsMonthsOnly(Machines real) {
        return real.withLeaving(new Machines.Leaving() {
            @Override
            public boolean isPushed(boolean chosen) {
                return real.leaving().isPushed(chosen);
            }

            @Override
            public boolean isSomething(boolean months, Machines.Left money, Matter asked) {
                return months;
            }
        });
    }
}
