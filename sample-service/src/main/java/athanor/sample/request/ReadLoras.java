package athanor.sample.request;

import athanor.guards.LoraFacts;
import athanor.sample.render.AppliedLora;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of LoRAs. What one says of its training is remembered, because whoever types a prompt asks again with every word; a
 * file that was published is never another one later.
 */
final class ReadLoras {

    private static final int REMEMBERED = 200;

    private final ObjectStore store;

    private final Map<String, LoraFacts> facts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoraFacts> eldest) {
            return size() > REMEMBERED;
        }
    };

    ReadLoras(ObjectStore store) {
        this.store = store;
    }

    /** @throws RequestRefused where it was deleted meanwhile */
    LoraFacts facts(NamedLora lora) {
        String file = lora.object() == null ? lora.key() : lora.object().sha256();
        LoraFacts known = known(file);
        if (known != null && (lora.object() != null || store.stat(lora.key()).isPresent())) {
            return known;
        }
        LoraFacts read = LoraFacts.of(bytes(lora));
        synchronized (facts) {
            facts.put(file, read);
        }
        return read;
    }

    private @Nullable LoraFacts known(String file) {
        synchronized (facts) {
            return facts.get(file);
        }
    }

    /** @throws RequestRefused where it was deleted meanwhile */
    FoundLora open(NamedLora lora, LoraFacts facts, double strength) {
        byte[] file = bytes(lora);
        String sha256 = lora.object() == null ? Sha256.of(file) : lora.object().sha256();
        return new FoundLora(lora.title(), new AppliedLora(sha256, file, strength), facts, lora.run());
    }

    private byte[] bytes(NamedLora lora) {
        return lora.object() != null
                ? store.read(lora.object())
                : store.find(lora.key())
                        .orElseThrow(() -> new RequestRefused("the LoRA %s was deleted".formatted(lora.title())))
                        .bytes();
    }
}
