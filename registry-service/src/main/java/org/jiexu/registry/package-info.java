/**
 * 登记服务 — the registry. It knows the national directory of regions, agencies, keys, policies and working days, and
 * publishes it. It knows persons and where they take part, checks both sides of an application and reserves the old
 * relationship for it. When a case completes, it ends the old relationship and books the history in the new one. It
 * follows the progress of all cases for lists and dashboards, and decides none of them.
 */
@NullMarked
package org.jiexu.registry;

import org.jspecify.annotations.NullMarked;
