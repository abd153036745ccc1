package org.jiexu.bus.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * How large a body may be, by its address. House rule: bulk imports and batches of an agency may be large, employers' lists (R1.5)
 * less so, nothing else. Who may send one there has been asked before ({@link SenderRoles}).
 *
 * @param ofAFile an agency's file of history, which goes by without being kept in memory
 */
record BodyLimits(DataSize ordinary, DataSize ofAnImport, DataSize ofAList, DataSize ofAFile) {
    private static final Pattern IMPORT =
            Pattern.compile("/api/v1/agency/[0-9A-Z]{6}/(accounts|participation)/(import|batches)");

    private static final Pattern LIST = Pattern.compile("/api/v1/regions/[0-9A-Z]{6}/transfer-batches");

    private static final Pattern FILE = Pattern.compile("/api/v1/agency/[0-9A-Z]{6}/participation/imports");

    private static final Pattern CSV = Pattern.compile("\\s*text/csv\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    long of(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (isFile(request)) {
            return ofAFile.toBytes();
        }
        if (!request.getMethod().equals("POST")) {
            return ordinary.toBytes();
        }
        if (IMPORT.matcher(path).matches()) {
            return ofAnImport.toBytes();
        }
        return (LIST.matcher(path).matches() ? ofAList : ordinary).toBytes();
    }

    boolean isLarge(long limit) {
        return limit > ordinary.toBytes();
    }

    static boolean isFile(HttpServletRequest request) {
        var type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && CSV.matcher(type).matches()
                && FILE.matcher(request.getRequestURI()).matches();
    }
}
