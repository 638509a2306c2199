package athanor.stack.service;

import java.util.ArrayList;
import java.util.List;

/** What every Java of the suite is told, whatever it would take from its surroundings and its version. */
final class JavaFlags {

    /** From here on Java warns of each library that loads native code or reaches for Unsafe. */
    private static final int WARNS_FROM = 24;

    /**
     * Until 17 the locale decides what text without a named encoding is, in logs above all, and until today how numbers and
     * sentences are written. How file names are read, no flag decides: that is why the launcher's script chooses the locale.
     */
    private static final List<String> WORDS =
            List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US");

    private JavaFlags() {}

    static List<String> ofThisJava() {
        return of(Runtime.version().feature());
    }

    /** libtorch is native code, and Netty and Kafka use Unsafe where it is there. */
    static List<String> of(int feature) {
        List<String> flags = new ArrayList<>(WORDS);
        if (feature >= WARNS_FROM) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
