package athanor.contracts;

import java.text.Normalizer;

/** A name in letters that no disk, shell, address or server trips over. */
public final class AsciiName {

    private AsciiName() {}

    /** Letters lose their marks, and what remains outside A-Z, a-z, 0-9, '.', '_' and '-' becomes a hyphen; may be empty. */
    public static String of(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
    }
}
