package org.jiexu.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.sandbox.sample.SampleParticipation;
import org.jiexu.sandbox.sample.SamplePeriod;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.sandbox.sample.SampleStatus;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/** Takes sample persons into the registry and their balances into the settlement services, through the import APIs. */
public final class SampleLoader {

    private static final int BATCH = 100;
    private static final String LOADER = "service-sample-loader";

    private final Door door;
    private final List<ServicePlan> plans;

    public SampleLoader(Door door, List<ServicePlan> plans) {
        this.door = door;
        this.plans = plans;
    }

    /** How many persons the platform knows now from the sample. */
    int loadPopulation(long seed, int many) {
        var set = Samples.population(seed, many);
        load(set);
        return set.persons().size();
    }

    /** The same set twice changes nothing. */
    public void load(SampleSet set) {
        load(set, Map.of());
    }

    /** The same, with the employer (统一社会信用代码) under which everybody is insured in those regions. */
    public void load(SampleSet set, Map<RegionCode, String> employers) {
        load(set, employers, List.of(SampleRegion.values()));
    }

    /** @param accounts the regions whose settlement runs here; elsewhere the persons have no balance that we know */
    public void load(SampleSet set, List<SampleRegion> accounts) {
        load(set, Map.of(), accounts);
    }

    private void load(SampleSet set, Map<RegionCode, String> employers, List<SampleRegion> accounts) {
        for (SampleRegion region : SampleRegion.values()) {
            loadPersons(set, region.code(), employers.get(region.code()));
            if (accounts.contains(region)) {
                loadBalances(set, region.code());
            }
        }
    }

    private void loadPersons(SampleSet set, RegionCode region, @Nullable String employer) {
        var here = set.persons().stream()
                .filter(person -> person.participations().stream()
                        .anyMatch(one -> one.region().equals(region)))
                .map(person -> imported(person, region, employer))
                .toList();
        for (var batch : batches(here)) {
            post(address("registry", null), region, "/participation/import", Map.of("persons", batch));
        }
    }

    /** A batch is known by its content, so that a load that was cut off can be repeated. */
    private void loadBalances(SampleSet set, RegionCode region) {
        for (var batch : batches(set.balancesIn(region))) {
            var items = batch.stream()
                    .map(one -> Map.of(
                            "person",
                            one.person().value(),
                            "amount",
                            one.balance().yuan()))
                    .toList();
            String first = batch.getFirst().person().value();
            String last = batch.getLast().person().value();
            post(
                    address("settlement", region),
                    region,
                    "/accounts/import",
                    Map.of("batch", "sample-" + region + "-" + first + "-" + last, "items", items));
        }
    }

    private void post(URI service, RegionCode region, String path, Map<String, Object> body) {
        var answer = door.postTo(service, LOADER, "/api/v1/agency/" + region + path, body);
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("the sample was not taken in by " + path + " of " + region + ": "
                    + answer.status() + " " + answer.text("code") + " " + answer.text("detail"));
        }
    }

    private static Map<String, Object> imported(SamplePerson person, RegionCode region, @Nullable String employer) {
        var participations = person.participations().stream()
                .filter(one -> one.region().equals(region))
                .map(one -> imported(one, employer))
                .toList();
        var imported = new LinkedHashMap<String, Object>();
        imported.put("person", person.person().value());
        imported.put("certificateType", person.certificate().type().code());
        imported.put("certificateNumber", person.certificate().number());
        imported.put("name", person.name());
        imported.put("sex", person.sex());
        imported.put("participations", participations);
        return imported;
    }

    private static Map<String, Object> imported(SampleParticipation one, @Nullable String employer) {
        var imported = new LinkedHashMap<String, Object>();
        imported.put("scheme", one.scheme().code());
        imported.put("status", one.status().code());
        imported.put("personType", one.personType());
        imported.put("since", one.paid().getFirst().from().atDay(1).toString());
        imported.put("paid", one.paid().stream().map(SampleLoader::imported).toList());
        imported.put("inherited", List.of());
        if (employer != null && one.status() == SampleStatus.INSURED) {
            imported.put("employer", employer);
        }
        return imported;
    }

    private static Map<String, Object> imported(SamplePeriod period) {
        return Map.of("from", period.from().toString(), "to", period.to().toString());
    }

    private URI address(String kind, @Nullable RegionCode region) {
        return plans.stream()
                .filter(plan -> plan.kind().equals(kind))
                .filter(plan -> region == null
                        || plan.regions().stream().anyMatch(one -> one.code().equals(region)))
                .map(ServicePlan::address)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + kind + " runs here"));
    }

    private static <T> List<List<T>> batches(List<T> all) {
        var batches = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return batches;
    }
}
