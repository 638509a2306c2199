package athanor.sample.render;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraFileException;
import athanor.diffusion.runtime.LoraSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LoRAs that were read and are kept, so that who asks again with one waits neither for the reading nor, where it is the one that the
 * base has on, for putting it there. The least recently used leave. Used by the render thread alone.
 */
final class LoraShelf {

    private final long budget;
    private final Map<String, LoraFile> files = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Long> bytes = new LinkedHashMap<>();
    private List<String> lastNames = List.of();
    private LoraSet last = LoraSet.none();

    /** @param budget bytes of files; one is kept whatever its size */
    LoraShelf(long budget) {
        this.budget = budget;
    }

    /** @throws LoraFileException with a sentence where one is none */
    LoraSet of(List<AppliedLora> applied) {
        List<String> names = applied.stream()
                .map(lora -> lora.sha256() + "@" + lora.strength())
                .toList();
        if (!names.equals(lastNames)) {
            List<LoraSet.Entry> entries = new ArrayList<>();
            for (AppliedLora lora : applied) {
                entries.add(new LoraSet.Entry(file(lora), lora.strength()));
            }
            // The same set is the same object: a base that has it on leaves it on.
            last = LoraSet.of(entries);
            lastNames = names;
        }
        return last;
    }

    private LoraFile file(AppliedLora lora) {
        LoraFile there = files.get(lora.sha256());
        if (there != null) {
            return there;
        }
        LoraFile read = LoraFile.read(lora.sha256(), lora.file());
        files.put(lora.sha256(), read);
        bytes.put(lora.sha256(), (long) lora.file().length);
        while (files.size() > 1
                && bytes.values().stream().mapToLong(Long::longValue).sum() > budget) {
            String oldest = files.keySet().iterator().next();
            files.remove(oldest);
            bytes.remove(oldest);
        }
        return read;
    }
}
