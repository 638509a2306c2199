package athanor.stack.client;

import athanor.contracts.rest.TriggerView;

/** What preprocess-service is asked. */
public final class PreprocessClient {

    private final Rest rest;

    public PreprocessClient(String preprocess) {
        this.rest = new Rest(preprocess);
    }

    /** What a base makes of a word that is to call a subject. */
    public TriggerView trigger(String word, String base, String classNoun) {
        return rest.get(
                "/triggers?word=%s&base=%s&classNoun=%s"
                        .formatted(Rest.encoded(word), Rest.encoded(base), Rest.encoded(classNoun)),
                TriggerView.class);
    }
}
