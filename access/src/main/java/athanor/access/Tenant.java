package athanor.access;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody with runs of their own.
 *
 * @param name as events carry it, or {@code *}
 */
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("\\*|[a-z0-9][a-z0-9-]{0,39}");

    /** Whoever keeps the suite: sees the runs of all. */
    public static final Tenant OPERATOR = new Tenant("*");

    public Tenant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a tenant; wanted up to 40 of a-z, 0-9 and -, or * for an operator"
                            .formatted(name));
        }
    }

    public boolean isOperator() {
        return equals(OPERATOR);
    }

    /** @param owner of a run; empty where nobody is said to own it */
    public boolean sees(Optional<String> owner) {
        return isOperator() || owner.filter(name::equals).isPresent();
    }
}
