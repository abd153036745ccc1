package org.jiexu.sandbox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SamplesTest {

    private static final SampleSet SET = Samples.population(Samples.DEFAULT_SEED, SampleData.MANY);

    @Test
    void givesTheSameBytesForTheSameSeed() {
        assertThat(SampleData.json(Samples.population(7, 100))).isEqualTo(SampleData.json(Samples.population(7, 100)));
        assertThat(SampleData.json(Samples.population(7, 100)))
                .isNotEqualTo(SampleData.json(Samples.population(8, 100)));
    }

    @Test
    void givesNobodyARealIdentityNumber() {
        assertThat(SET.persons())
                .allSatisfy(person ->
                        assertThat(person.certificate().isWellFormed()).isTrue())
                .allSatisfy(person -> assertThat(person.certificate().number()).startsWith("19"))
                .allSatisfy(person -> assertThat(person.name()).contains("样"));
        assertThat(SET.persons().stream().map(SamplePerson::certificate)).doesNotHaveDuplicates();
        assertThat(SET.persons().stream().map(SamplePerson::person)).doesNotHaveDuplicates();
    }

    @Test
    void writesSexAndBirthDateIntoTheNumber() {
        assertThat(SET.persons()).allSatisfy(person -> {
            String number = person.certificate().number();
            assertThat(number.substring(6, 14))
                    .isEqualTo(person.born().toString().replace("-", ""));
            assertThat((number.charAt(16) - '0') % 2).isEqualTo(person.sex().equals("1") ? 1 : 0);
        });
    }

    @Test
    void holdsEveryKindOfHistory() {
        var all = participations().toList();

        assertThat(SET.persons()).hasSizeGreaterThan(300);
        assertThat(all).anyMatch(p -> p.status() == SampleStatus.SUSPENDED);
        assertThat(all).anyMatch(p -> p.status() == SampleStatus.INSURED);
        assertThat(all).anyMatch(p -> p.status() == SampleStatus.TERMINATED);
        assertThat(all).anyMatch(p -> p.personType().startsWith("12"));
        assertThat(all).anyMatch(p -> p.scheme() == Scheme.RESIDENT);
        assertThat(all).anyMatch(p -> p.paid().size() > 1);
        assertThat(all)
                .anyMatch(p -> p.status() == SampleStatus.INSURED
                        && p.personType().startsWith("11")
                        && p.paid().getLast().to().isBefore(Histories.LAST));
        assertThat(all).anyMatch(p -> p.balance().isZero());
        assertThat(all).anyMatch(p -> p.balance().compareTo(Fen.parse("100000.00")) >= 0);
        assertThat(SET.persons()).anyMatch(p -> p.participations().size() == 3);
        assertThat(Stream.of(SampleRegion.values()))
                .allSatisfy(region -> assertThat(SET.balancesIn(region.code())).hasSizeGreaterThan(20));
    }

    @Test
    void keepsPeriodsInOrderAndApart() {
        assertThat(participations()).allSatisfy(participation -> {
            var paid = participation.paid();
            for (int i = 1; i < paid.size(); i++) {
                assertThat(paid.get(i).from()).isAfter(paid.get(i - 1).to().plusMonths(1));
            }
        });
    }

    @Test
    void namesTheSamePersonsWhateverTheSeed() {
        var named = NamedPersons.all();

        assertThat(Samples.population(1, 3).persons().subList(0, named.size())).isEqualTo(named);
        assertThat(NamedPersons.walkThrough().in(SampleRegion.JINING.code()).balance())
                .isEqualTo(Fen.parse("8765.43"));
    }

    @Test
    void holdsOnePersonForEveryOtherKindOfTransfer() {
        assertThat(SET.persons()).containsAll(OtherKinds.all());
        assertThat(Stream.of(OtherKinds.Kind.values()))
                .allSatisfy(kind -> assertThat(OtherKinds.person(kind).participations())
                        .hasSize(2)
                        .anyMatch(one -> one.scheme() == Scheme.RESIDENT));
    }

    @Test
    void makesOtherPersonsForEveryRunOfAStory() {
        var cast = Stream.of(0, 1, 2)
                .flatMap(run -> Stream.of(NamedPersons.Part.values()).map(part -> NamedPersons.inCast(run, part)))
                .toList();

        assertThat(cast.stream().map(SamplePerson::person)).doesNotHaveDuplicates();
        assertThat(cast.stream().map(SamplePerson::certificate)).doesNotHaveDuplicates();
    }

    @Test
    void makesTransferablePersonsForTheBenchmark() {
        var from = SampleRegion.JINING.code();
        var to = SampleRegion.CHANGSHA.code();

        var set = Samples.transferable(1, 400, from, to);

        assertThat(set.persons()).hasSize(400).allSatisfy(person -> {
            assertThat(person.in(from).status()).isEqualTo(SampleStatus.SUSPENDED);
            assertThat(person.in(from).balance().isPositive()).isTrue();
            assertThat(person.in(to).status()).isEqualTo(SampleStatus.INSURED);
        });
        assertThat(set.persons().stream().map(SamplePerson::certificate)).doesNotHaveDuplicates();
    }

    @Test
    void printsJson() {
        var output = new ByteArrayOutputStream();
        var program = new SampleData(new PrintStream(output, true, StandardCharsets.UTF_8));

        int exit = new CommandLine(program).execute("--persons", "2", "--seed", "5");

        assertThat(exit).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("\"8765.43\"", "\"status\" : \"2\"", "\"from\" : \"2016-07\"");
        assertThat(new CommandLine(program).execute("--transferable", "1")).isZero();
    }

    private static Stream<SampleParticipation> participations() {
        return SET.persons().stream().map(SamplePerson::participations).flatMap(List::stream);
    }
}
