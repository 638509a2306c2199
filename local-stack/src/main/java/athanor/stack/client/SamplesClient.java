package athanor.stack.client;

import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import java.time.Duration;
import java.util.Optional;

/** Pictures on demand, as sample-service offers them. */
public final class SamplesClient {

    /** What sample-service allows by default, and the wait for its turn. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(30);

    private final Rest rest;

    public SamplesClient(String sample) {
        this.rest = new Rest(sample, LONGEST_ANSWER);
    }

    public SampleResponse render(SampleRequest request) {
        return rest.post("/samples", request, SampleResponse.class);
    }

    /** Which file or folder a base is, and its hash: all of it is read for that. */
    public BaseModelView baseModel(String nameOrPath) {
        return rest.get("/base-models?name=" + Rest.encoded(nameOrPath), BaseModelView.class);
    }

    /** PNG: a picture of a run as the autoencoder of its base gives it back; nothing where the base is not at the service. */
    public Optional<byte[]> asTheModelSeesIt(String runId, String fileName) {
        return rest.findBytes(
                "/runs/%s/preparation/%s/as-the-model-sees-it".formatted(Rest.encoded(runId), Rest.encoded(fileName)));
    }

    /** PNG. */
    public byte[] picture(String key) {
        return rest.getBytes("/pictures/" + key);
    }
}
