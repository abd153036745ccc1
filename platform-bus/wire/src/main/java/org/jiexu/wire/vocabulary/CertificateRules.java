package org.jiexu.wire.vocabulary;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * 证件号码规则 — what every door asks of a certificate number on a day (rulebook 12): the form of its type, a province that
 * exists, a birthday that has come.
 *
 * @param today no holder is born later
 * @param samples in the sandbox: the numbers of sample persons are taken too; their area begins with 19, which no province
 *     has
 */
public record CertificateRules(LocalDate today, boolean samples) {
    private static final FieldFault BAD_NUMBER = new FieldFault("BAD_NUMBER", "证件号码有误，请照证件原样核对后重新填写；电子表格中此列应设为文本格式。");
    private static final String SAMPLES = "19";
    // GB/T 2260; 83 is what residence permits of persons from Taiwan carry beside its 71.
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    /** Null when the number can be that of a person. */
    public @Nullable FieldFault fault(Certificate certificate) {
        if (!certificate.isWellFormed()) {
            return BAD_NUMBER;
        }
        var province = certificate.province();
        var born = certificate.bornOn();
        boolean isSample = samples && certificate.type() == CertificateType.IDENTITY_CARD && SAMPLES.equals(province);
        boolean isKnown = province == null || PROVINCES.contains(province);
        return (isKnown || isSample) && (born == null || !born.isAfter(today)) ? null : BAD_NUMBER;
    }
}
