package org.jiexu.bus.client;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;

/**
 * 人员编号 — the id under which a person goes on, and those that were merged into it: what is kept under any of them belongs
 * to the person (R6.2).
 */
public record PersonIds(PersonId person, List<PersonId> aliases) {}
