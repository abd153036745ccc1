package org.jiexu.sandbox.sample;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 样例数据 — persons with their histories, as the registry and the settlement services take them in. */
public record SampleSet(List<SamplePerson> persons) {

    /** 个人账户余额 — what a settlement service takes in. */
    public record Balance(PersonId person, RegionCode region, Fen balance) {}

    /** The personal accounts of one region; only the employee scheme has them (R11.4). */
    public List<Balance> balancesIn(RegionCode region) {
        var balances = new ArrayList<Balance>();
        for (var person : persons) {
            for (var participation : person.participations()) {
                if (participation.region().equals(region) && participation.scheme() == Scheme.EMPLOYEE) {
                    balances.add(new Balance(person.person(), region, participation.balance()));
                }
            }
        }
        return balances;
    }

    public SampleSet and(SampleSet more) {
        var all = new ArrayList<>(persons);
        all.addAll(more.persons);
        return new SampleSet(List.copyOf(all));
    }
}
