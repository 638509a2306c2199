package athanor.stack.client;

import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;

/** Pictures on demand, as sample-service offers them. */
public final class SamplesClient {

    private final Rest rest;

    public SamplesClient(String sample) {
        this.rest = new Rest(sample);
    }

    public SampleResponse render(SampleRequest request) {
        return rest.post("/samples", request, SampleResponse.class);
    }

    /** Which file or folder a base is, and its hash: all of it is read for that. */
    public BaseModelView baseModel(String nameOrPath) {
        return rest.get("/base-models?name=" + Rest.encoded(nameOrPath), BaseModelView.class);
    }

    /** PNG. */
    public byte[] picture(String key) {
        return rest.getBytes("/pictures/" + key);
    }
}
