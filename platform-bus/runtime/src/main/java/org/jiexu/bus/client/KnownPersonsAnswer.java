package org.jiexu.bus.client;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;

/**
 * 人员核对结果 — of the persons asked for.
 *
 * @param known those who are registered
 * @param employees those of them who have, or had, an employee relationship with the region
 */
public record KnownPersonsAnswer(List<PersonId> known, List<PersonId> employees) {}
