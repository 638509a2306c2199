package athanor.endurance.load;

import athanor.store.MinioObjectStore;
import java.time.Duration;

/** What {@code ./athanor load} runs beside the broker and the store that it has started. */
public final class Load {

    private Load() {}

    /** @param arguments broker, store, its two keys; runs, workers, seconds of a run, seconds that are measured, kills */
    public static void main(String[] arguments) throws InterruptedException {
        LoadPlan plan = new LoadPlan(
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Duration.ofSeconds(Long.parseLong(arguments[6])),
                Duration.ofSeconds(Long.parseLong(arguments[7])),
                Integer.parseInt(arguments[8]));
        System.exit(run(plan, arguments) ? 0 : 1);
    }

    private static boolean run(LoadPlan plan, String[] arguments) throws InterruptedException {
        try (MinioObjectStore store = open(arguments[1], arguments);
                MinioObjectStore nowhere = open("http://127.0.0.1:9", arguments)) {
            store.createBucketIfMissing();
            try (Crowd crowd = new Crowd(plan, Crowd.DEFAULT_RULES, arguments[0], store, nowhere)) {
                LoadReport report = new MeasureLoad(plan, crowd, System.out::println).run();
                report.lines().forEach(System.out::println);
                return report.allTakenOver();
            }
        }
    }

    private static MinioObjectStore open(String endpoint, String[] arguments) {
        return new MinioObjectStore(endpoint, arguments[2], arguments[3], "athanor", "us-east-1");
    }
}
