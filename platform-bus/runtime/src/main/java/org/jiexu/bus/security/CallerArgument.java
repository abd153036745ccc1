package org.jiexu.bus.security;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers their {@link Caller}, from the checked token and from nowhere else. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    private static final Pattern PROVINCE = Pattern.compile("[0-9]{2}0000");
    private static final Pattern USCC = Pattern.compile("[0-9A-Z]{18}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            return caller(token.getToken());
        }
        throw Problem.unauthenticated();
    }

    static Caller caller(Jwt jwt) {
        var role = Role.ofClaim(jwt.getClaimAsString("role"));
        var subject = jwt.getSubject();
        if (role == null || subject == null) {
            throw Problem.unauthenticated();
        }
        return new Caller(
                subject,
                role,
                claim(jwt, "person", PersonId::new),
                claim(jwt, "region", RegionCode::new),
                claim(jwt, "province", text -> inForm(PROVINCE, text)),
                claim(jwt, "uscc", text -> inForm(USCC, text)));
    }

    private static String inForm(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not in its form");
        }
        return text;
    }

    /** A claim in a form that the platform does not know gives no right at all: 403, never a wider reading. */
    private static <T> @Nullable T claim(Jwt jwt, String name, Function<String, T> reading) {
        var text = jwt.getClaimAsString(name);
        if (text == null) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw Problem.forbidden();
        }
    }
}
