package org.jiexu.registry.web;

import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.domain.Recipient;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.MessageStore;
import org.jiexu.registry.postgres.MessageStore.Message;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 告知 — what people have been told (R10.2), newest first. */
@RestController
@RequestMapping("/api/v1")
class MessagesController {
    private final MessageStore messages;
    private final CaseIndexStore cases;

    MessagesController(MessageStore messages, CaseIndexStore cases) {
        this.messages = messages;
        this.cases = cases;
    }

    /** 告知, without whom it went to: its reader knows, or may not know. */
    record MessageView(@Nullable CaseNumber number, Recipient recipient, String step, String text, Instant at) {
        static MessageView of(Message message) {
            return new MessageView(message.number(), message.recipient(), message.step(), message.text(), message.at());
        }
    }

    @GetMapping(path = "/messages", params = "mine")
    Page<MessageView> mine(Caller caller, PageRequest page) {
        caller.requireRole(Role.PERSON, Role.APP, Role.EMPLOYER);
        var person = caller.person();
        var uscc = caller.uscc();
        if (caller.is(Role.EMPLOYER) ? uscc == null : person == null) {
            throw Problem.notFound();
        }
        var recipient = caller.is(Role.EMPLOYER) ? Recipient.EMPLOYER : Recipient.PERSON;
        var id = person == null || caller.is(Role.EMPLOYER) ? String.valueOf(uscc) : person.value();
        var fetched = messages.to(recipient, id, before(page), page.limitPlusOne());
        return Page.of(page, fetched, MessagesController::position).map(MessageView::of);
    }

    /** Operators see what was told of the cases that touch their province; auditors of all. */
    @GetMapping("/operations/messages")
    Page<MessageView> about(Caller caller, @RequestParam("case") String number, PageRequest page) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        if (cases.find(new CaseNumber(number))
                .filter(found -> touches(caller.province(), found))
                .isEmpty()) {
            throw Problem.notFound();
        }
        var fetched = messages.about(new CaseNumber(number), before(page), page.limitPlusOne());
        return Page.of(page, fetched, MessagesController::position).map(MessageView::of);
    }

    private static boolean touches(@Nullable String province, CaseIndexStore.Case found) {
        return province == null
                || found.sending().province().equals(province)
                || found.receiving().province().equals(province);
    }

    private static String position(Message message) {
        return String.valueOf(message.position());
    }

    private static long before(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
