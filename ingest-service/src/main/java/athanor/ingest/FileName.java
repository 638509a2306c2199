package athanor.ingest;

/** Names of uploads are shown to people and never used as paths. */
final class FileName {

    private static final int LONGEST = 200;

    private FileName() {}

    /** The last segment without control characters, {@code picture} when nothing is left. */
    static String plain(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "").strip();
        return plain.isEmpty() ? "picture" : plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
