package org.jiexu.transferin.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiexu.transferin.domain.Paper;

/** 材料清单 — the names of papers in a body. */
final class ShownPapers {
    private ShownPapers() {}

    static void check(List<String> names, FieldReader fields) {
        names.forEach(name -> fields.parsed("materials", name, Paper::valueOf));
    }

    static Set<Paper> read(List<String> names) {
        return names.stream().map(Paper::valueOf).collect(Collectors.toSet());
    }
}
