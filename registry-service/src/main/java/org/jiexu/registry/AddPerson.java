package org.jiexu.registry;

import java.security.SecureRandom;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.PersonName;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** 人员登记 — one record per certificate, with an opaque id that says nothing about the person. */
@Component
class AddPerson {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String SEX_NOT_STATED = "9";

    private final PersonStore persons;
    private final BusinessClock clock;
    private final SecureRandom random = new SecureRandom();

    AddPerson(PersonStore persons, BusinessClock clock) {
        this.persons = persons;
        this.clock = clock;
    }

    /**
     * The person with that certificate, locked; added when nobody has it. 422 when somebody of another name has it.
     *
     * @param preset the id that a new person gets; an opaque random one when none is given
     */
    Person findOrAdd(@Nullable PersonId preset, Certificate certificate, String name, @Nullable String sex) {
        require("certificateNumber", clock.certificateRules().fault(certificate));
        require("name", PersonName.fault(name));
        persons.add(
                new Person(preset == null ? newId() : preset, certificate, name, sex == null ? SEX_NOT_STATED : sex));
        var person =
                persons.lock(certificate).orElseThrow(() -> Problem.conflict("PERSON_ID_IN_USE", "这一人员编号已用于另一证件。"));
        if (!PersonName.same(person.name(), name)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "NAME_NUMBER_MISMATCH", "这一证件号码已登记在另一姓名下。");
        }
        return person;
    }

    private static void require(String field, @Nullable FieldFault fault) {
        if (fault != null) {
            throw Problem.field(field, fault.code(), fault.message());
        }
    }

    /** An opaque id that nobody has had. */
    PersonId newId() {
        var id = new StringBuilder("P");
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new PersonId(id.toString());
    }
}
