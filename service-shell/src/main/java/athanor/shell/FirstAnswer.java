package athanor.shell;

import org.jspecify.annotations.Nullable;

/**
 * A request with an Idempotency-Key, as it is noted in the store.
 *
 * @param fingerprint of what was sent
 * @param answer absent while the request is at work
 */
record FirstAnswer(String fingerprint, @Nullable Answer answer) {

    /** @param body JSON */
    record Answer(int status, @Nullable String location, String body) {}

    FirstAnswer with(int status, @Nullable String location, String body) {
        return new FirstAnswer(fingerprint, new Answer(status, location, body));
    }
}
