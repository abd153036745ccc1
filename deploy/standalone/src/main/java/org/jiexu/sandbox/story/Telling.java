package org.jiexu.sandbox.story;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.wire.vocabulary.RegionCode;
import tools.jackson.databind.JsonNode;

/** Tells a case's progress as it grows: each step once, with who has the case then, until when and why until then. */
final class Telling {

    static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("Asia/Shanghai"));

    private final Narrator narrator;
    private final Set<String> told = new HashSet<>();

    Telling(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Returns the same progress, so that it can be told while it is waited for. */
    JsonNode tell(JsonNode progress) {
        int index = 0;
        for (JsonNode step : progress.path("steps").values()) {
            if (told.add(index++ + step.path("step").asString())) {
                tellStep(step);
            }
        }
        return progress;
    }

    private void tellStep(JsonNode step) {
        String at = WHEN.format(Instant.parse(step.path("at").asString()));
        String who = step.has("region") ? place(step.path("region").asString()) : "—";
        narrator.step(
                at, who, step.path("words").asString(), gloss(step.path("step").asString()));
        if (step.has("dueOn")) {
            var why = step.path("explanation");
            narrator.more("期限 due " + step.path("dueOn").asString() + why(why));
        }
    }

    /** The days in one line: how many are counted, and which are not and why. */
    private static String why(JsonNode explanation) {
        var skipped = new StringBuilder();
        for (JsonNode day : explanation.path("days").values()) {
            String kind = day.path("kind").asString();
            if (kind.equals("SKIPPED_HOLIDAY") || kind.equals("COUNTED_MAKE_UP")) {
                skipped.append(skipped.isEmpty() ? "; " : ", ")
                        .append(day.path("date").asString().substring(5))
                        .append(' ')
                        .append(day.path("name").asString(""))
                        .append(kind.equals("SKIPPED_HOLIDAY") ? " off" : " worked");
            }
        }
        return " = " + explanation.path("workingDays").asInt() + " 个工作日 working days after "
                + explanation.path("startedOn").asString() + skipped;
    }

    static String place(String region) {
        var sample = SampleRegion.of(new RegionCode(region));
        return sample.chinese() + " " + sample.english();
    }

    static String gloss(String step) {
        return switch (step) {
            case "SUBMITTED" -> "submitted, waiting for the checks";
            case "REFUSED" -> "refused";
            case "ACCEPTED" -> "accepted; the old region now makes the information sheet";
            case "WITHDRAWAL_REQUESTED" -> "withdrawal requested; the old region decides";
            case "WITHDRAWAL_TOO_LATE" -> "too late to withdraw: the sheet was on its way";
            case "SHEET_RECEIVED" -> "the sealed information sheet has arrived";
            case "SHEET_RETURNED" -> "the sheet goes back for correction";
            case "MONEY_REMITTED" -> "the old region has sent the personal account's money";
            case "MONEY_SUSPENDED" -> "the money does not fit the sheet and waits in suspense";
            case "MONEY_TAKEN_BACK" -> "the money that was credited has been taken back";
            case "BOOKED" -> "sheet verified and booked: the relationship has moved";
            case "COMPLETED" -> "completed";
            case "WITHDRAWN" -> "withdrawn";
            case "DECLINED" -> "declined; the old relationship stays as it was";
            default -> step;
        };
    }
}
