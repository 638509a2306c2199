package athanor.train.training;

import athanor.contracts.json.Json;
import athanor.contracts.rest.EffectiveSettings;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.RetryWhileHeld;
import java.util.Optional;

/** Publishes what took effect of the recipe, after the first step of the attempt, which shows it. */
final class TellTookEffect {

    private final ObjectStore store;
    private final HeldLease held;
    private final String worker;
    private final LoraTraining training;
    private boolean told;

    TellTookEffect(ObjectStore store, HeldLease held, String worker, LoraTraining training) {
        this.store = store;
        this.held = held;
        this.worker = worker;
        this.training = training;
    }

    void once() throws LeaseLostException {
        if (told) {
            return;
        }
        told = true;
        Optional<EffectiveSettings> effective = training.effective(held.attempt(), worker);
        if (effective.isPresent()) {
            String key = ObjectKeys.effectiveSettings(held.runId(), held.attempt());
            byte[] json = Json.bytes(effective.get());
            RetryWhileHeld.call(held, () -> store.put(key, json, "application/json"));
        }
    }
}
