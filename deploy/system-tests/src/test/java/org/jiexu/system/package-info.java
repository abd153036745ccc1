/** The whole platform as its users and its operators see it. */
package org.jiexu.system;
