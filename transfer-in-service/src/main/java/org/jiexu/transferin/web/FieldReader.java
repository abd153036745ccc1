package org.jiexu.transferin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jspecify.annotations.Nullable;

/** Reads a body field by field and remembers everything that is wrong, to be told at once. */
final class FieldReader {
    private final List<FieldProblem> problems = new ArrayList<>();

    void wrong(String field, String code, String message) {
        problems.add(new FieldProblem(field, code, message));
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    Problem problem() {
        boolean onlyNumber = problems.size() == 1 && problems.getFirst().code().equals("BAD_NUMBER");
        return Problem.badRequest(onlyNumber ? "BAD_NUMBER" : "INVALID_REQUEST", "申请内容不完整或有误，请按提示修改。")
                .withErrors(problems);
    }

    @Nullable
    String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            wrong(field, "REQUIRED", "此项必须填写。");
            return null;
        }
        return value;
    }

    <T> @Nullable T parsed(String field, @Nullable String value, Function<String, T> parse) {
        var text = required(field, value);
        return text == null ? null : optional(field, text, parse);
    }

    /** Null when it is not there, or wrong. */
    <T> @Nullable T optional(String field, @Nullable String value, Function<String, T> parse) {
        if (value == null) {
            return null;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            wrong(field, "INVALID", "此项的取值不正确。");
            return null;
        }
    }
}
