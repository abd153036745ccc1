package org.jiexu.transferin.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jspecify.annotations.Nullable;

/** Reads a body field by field and remembers everything that is wrong, to be told at once. */
final class FieldReader {
    private final List<FieldProblem> problems = new ArrayList<>();

    void wrong(String field, String code, String message) {
        problems.add(new FieldProblem(field, code, message));
    }

    /** Nothing is wrong when there is no fault. */
    void wrong(String field, @Nullable FieldFault fault) {
        if (fault != null) {
            wrong(field, fault.code(), fault.message());
        }
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
        return parsed(field, value, parse, "此项的取值不正确。");
    }

    /** @param allowed a sentence that says what may stand here */
    <T> @Nullable T parsed(String field, @Nullable String value, Function<String, T> parse, String allowed) {
        var text = required(field, value);
        return text == null ? null : optional(field, text, parse, allowed);
    }

    /** One of the names of an enum; null when it is not there, or wrong. */
    <E extends Enum<E>> @Nullable E oneOf(String field, @Nullable String value, Class<E> names) {
        var allowed = Arrays.stream(names.getEnumConstants()).map(Enum::name).collect(Collectors.joining("、"));
        return optional(field, value, name -> Enum.valueOf(names, name), "此项应为以下之一：" + allowed + "。");
    }

    /** Null when it is not there, or wrong. */
    <T> @Nullable T optional(String field, @Nullable String value, Function<String, T> parse, String allowed) {
        if (value == null) {
            return null;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            wrong(field, "INVALID", allowed);
            return null;
        }
    }
}
