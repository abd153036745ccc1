package org.jiexu.sandbox.sample;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * Makes persons that cannot be anybody: see the package.
 *
 * <p>{@link Random} is used because its numbers for a seed are part of Java's specification.
 */
final class People {

    private static final String STEMS = "甲乙丙丁戊己庚辛壬癸";
    private static final String GIVEN = "安宁康乐文思明远清和春晓秋实雨晴山川江河松柏竹兰梅菊云帆星辰书画诗礼德信义勇勤俭";
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

    private final String area;
    private final Random random;
    private final Set<String> numbers = new HashSet<>();
    private final Set<PersonId> ids = new HashSet<>();

    /** @param area six digits that begin with 19 */
    People(String area, Random random) {
        if (!area.matches("19[0-9]{4}")) {
            throw new IllegalArgumentException("a sample's area code begins with 19, as no province's does");
        }
        this.area = area;
        this.random = random;
    }

    SamplePerson born(int year, List<SampleParticipation> participations) {
        return person(newId(), year, participations, null);
    }

    SamplePerson person(PersonId id, int year, List<SampleParticipation> participations, @Nullable String story) {
        LocalDate born = LocalDate.of(year, 1 + random.nextInt(12), 1 + random.nextInt(28));
        boolean male = random.nextBoolean();
        return new SamplePerson(
                id,
                new Certificate(CertificateType.IDENTITY_CARD, number(born, male)),
                name(),
                male ? "1" : "2",
                born,
                List.copyOf(participations),
                story);
    }

    private String name() {
        return "" + pick(STEMS) + "样" + pick(GIVEN);
    }

    /** The order code's last digit is odd for men and even for women (GB 11643). */
    private String number(LocalDate born, boolean male) {
        while (true) {
            int order = random.nextInt(500) * 2 + (male ? 1 : 0);
            String seventeen = area + DAY.format(born) + "%03d".formatted(order);
            String number = seventeen + Certificate.checkDigit(seventeen);
            if (numbers.add(number)) {
                return number;
            }
        }
    }

    private PersonId newId() {
        while (true) {
            var text = new StringBuilder("P");
            for (int i = 0; i < 12; i++) {
                text.append(pick(LETTERS));
            }
            var id = new PersonId(text.toString());
            if (ids.add(id)) {
                return id;
            }
        }
    }

    private char pick(String from) {
        return from.charAt(random.nextInt(from.length()));
    }
}
