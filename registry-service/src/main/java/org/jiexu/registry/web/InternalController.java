package org.jiexu.registry.web;

import jakarta.validation.Valid;
import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.client.CheckRequest;
import org.jiexu.bus.client.PersonView;
import org.jiexu.bus.client.RegistrationRequest;
import org.jiexu.bus.client.SheetRowsAnswer;
import org.jiexu.bus.client.SheetRowsRequest;
import org.jiexu.registry.CheckApplication;
import org.jiexu.registry.RegisterService;
import org.jiexu.registry.RegisterService.OfferedKey;
import org.jiexu.registry.WriteSheetRows;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For the platform's services alone; the token check keeps everybody else out of {@code /internal}. */
@RestController
@RequestMapping("/internal")
class InternalController {
    private final CheckApplication checkApplication;
    private final WriteSheetRows writeSheetRows;
    private final RegisterService registerService;

    InternalController(
            CheckApplication checkApplication, WriteSheetRows writeSheetRows, RegisterService registerService) {
        this.checkApplication = checkApplication;
        this.writeSheetRows = writeSheetRows;
        this.registerService = registerService;
    }

    @PostMapping("/checks")
    CheckAnswer check(@Valid @RequestBody CheckRequest asked) {
        var application = new Checks.Application(
                new Certificate(asked.certificateType(), asked.certificateNumber()),
                asked.name(),
                asked.from(),
                asked.fromScheme(),
                asked.to(),
                asked.toScheme(),
                asked.employer(),
                asked.isOneStop(),
                asked.isOnPaper(),
                asked.isAutomatic(),
                asked.accountWish());
        return switch (checkApplication.check(asked.number(), application, asked.applicantPerson())) {
            case CheckApplication.Result.Acceptable(var person, var name, var notBefore) ->
                new CheckAnswer.Acceptable(person, name, notBefore);
            case CheckApplication.Result.Waiting(var person, var reasons, var wishes) ->
                new CheckAnswer.Waiting(
                        person,
                        reasons,
                        wishes.entrySet().stream()
                                .map(wish -> wish(wish.getKey(), wish.getValue()))
                                .toList());
            case CheckApplication.Result.Refused(var reasons, var person) -> new CheckAnswer.Refused(reasons, person);
            case CheckApplication.Result.NotYours() -> new CheckAnswer.NotYours();
        };
    }

    private static CheckAnswer.Wish wish(WishKind kind, RelationshipKey about) {
        var said = switch (kind) {
            case SUSPEND -> CheckAnswer.WishKind.SUSPEND;
            case ENROL -> CheckAnswer.WishKind.ENROL;
        };
        return new CheckAnswer.Wish(about.region(), about.scheme(), said);
    }

    @PostMapping("/sheet-rows")
    SheetRowsAnswer sheetRows(@Valid @RequestBody SheetRowsRequest asked) {
        return new SheetRowsAnswer(asked.items().stream().map(this::item).toList());
    }

    private SheetRowsAnswer.Item item(SheetRowsRequest.Item item) {
        var material =
                writeSheetRows.of(item.number(), new RelationshipKey(item.person(), item.region(), item.scheme()));
        var agency = material.agency().shown();
        return new SheetRowsAnswer.Item(
                item.number(),
                material.head(),
                material.rows(),
                new SheetRowsAnswer.Agency(
                        agency.name(),
                        agency.telephone(),
                        agency.code(),
                        material.agency().clerk()));
    }

    @PostMapping("/registrations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void register(@Valid @RequestBody RegistrationRequest asked) {
        registerService.register(
                asked.service(),
                asked.baseUrl().toString(),
                asked.regions(),
                asked.keys().stream().map(InternalController::offered).toList());
    }

    private static OfferedKey offered(RegistrationRequest.Key key) {
        return new OfferedKey(key.keyId(), key.owner(), key.publicKey(), key.validFrom());
    }

    @GetMapping("/persons/{person}")
    PersonView person(@PathVariable PersonId person) {
        var found = checkApplication.person(person);
        return new PersonView(found.id(), found.name(), found.certificate().masked());
    }
}
