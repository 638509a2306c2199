package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** What took effect in each attempt at a training, as train-service leaves it in the store. */
@ApplicationScoped
class TookEffect {

    private final ObjectStore store;

    TookEffect(ObjectStore store) {
        this.store = store;
    }

    /** The first attempt first. */
    List<EffectiveSettings> in(RunId run) {
        return store.list(ObjectKeys.effectiveSettings(run)).stream()
                .flatMap(key -> store.find(key).stream())
                .map(object -> Json.read(object.bytes(), EffectiveSettings.class))
                .sorted(Comparator.comparingInt(EffectiveSettings::attempt))
                .toList();
    }
}
