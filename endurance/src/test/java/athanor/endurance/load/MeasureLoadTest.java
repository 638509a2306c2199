package athanor.endurance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import athanor.store.MinioObjectStore;
import athanor.teststack.S3Address;
import athanor.teststack.StackTopics;
import athanor.teststack.TestStack;
import athanor.train.WorkerRules;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same workers, broker and store as in the large, few of each. */
class MeasureLoadTest {

    private static final WorkerRules QUICK = new WorkerRules(
            new LeaseTerms(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(30)),
            new RetryPolicy(3, 5),
            Duration.ofMillis(300),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));

    @Test
    void aRunWhoseWorkerFallsSilentGoesOnAndWhatWaitsIsCounted() throws Exception {
        LoadPlan plan = new LoadPlan(40, 3, Duration.ofSeconds(3), Duration.ofSeconds(3), 1);
        List<String> said = new ArrayList<>();
        LoadReport report;
        try (TestStack stack = TestStack.start();
                MinioObjectStore store = open(stack.s3(), stack.s3().endpoint());
                MinioObjectStore nowhere = open(stack.s3(), "http://127.0.0.1:9")) {
            StackTopics.create(stack.bootstrapServers());
            store.createBucketIfMissing();
            try (Crowd crowd = new Crowd(plan, QUICK, stack.bootstrapServers(), store, nowhere)) {
                report = new MeasureLoad(plan, crowd, said::add).run();
            }
        }
        assertThat(report.allTakenOver()).isTrue();
        assertThat(report.steady().ofLinear()).isBetween(0.01, 1.1);
        assertThat(report.steady().requests()).hasSize(3).allMatch(rate -> rate > 0);
        assertThat(report.steady().leastWaiting()).isBetween(1, 37);
        assertThat(said).anyMatch(line -> line.startsWith("3 workers train"));
        assertThat(report.lines()).anyMatch(line -> line.startsWith("takeover after a kill"));
    }

    @Test
    void somebodyMustBeLeftToTakeOver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadPlan(10, 2, Duration.ofSeconds(1), Duration.ofSeconds(1), 2))
                .withMessageContaining("one worker that stays");
    }

    private static MinioObjectStore open(S3Address s3, String endpoint) {
        return new MinioObjectStore(endpoint, s3.accessKey(), s3.secretKey(), "athanor-test", "us-east-1");
    }
}
