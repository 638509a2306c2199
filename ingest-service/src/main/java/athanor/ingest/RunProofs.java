package athanor.ingest;

import athanor.contracts.events.ProofRendered;
import athanor.contracts.json.Json;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What was measured of the LoRAs. It is stored before it is announced, so whoever sees that a run is finished finds its proof. */
@ApplicationScoped
class RunProofs {

    private final ObjectStore store;

    RunProofs(ObjectStore store) {
        this.store = store;
    }

    Optional<ProofRendered> of(RunCard card) {
        return Optional.ofNullable(card.proof())
                .or(() -> store.find(ObjectKeys.proof(card.runId(), ObjectKeys.PROOF_RESULT))
                        .map(found -> Json.read(found.bytes(), ProofRendered.class)));
    }

    /** The recommended LoRA with what was measured in its metadata; empty where none was kept. */
    Optional<byte[]> lora(RunCard card) {
        return store.find(ObjectKeys.proof(card.runId(), ObjectKeys.PROVED_LORA))
                .map(Versioned::bytes);
    }
}
