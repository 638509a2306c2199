package athanor.stack.service;

import java.util.List;

/** What newer Javas want to be told about programs that are allowed to do what these do. */
final class JavaFlags {

    /** From here on Java warns of each library that loads native code or reaches for Unsafe. */
    private static final int WARNS_FROM = 24;

    private JavaFlags() {}

    /** libtorch is native code, and Netty and Kafka use Unsafe where it is there. */
    static List<String> ofThisJava() {
        return of(Runtime.version().feature());
    }

    static List<String> of(int feature) {
        return feature < WARNS_FROM
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
