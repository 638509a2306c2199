package athanor.diffusion.model;

import java.nio.file.Path;

/** What looking for a base model by name came to. A name nobody has is an expected answer, so it is a value. */
public sealed interface BaseModelSearch {

    /**
     * @param name the name or path that was asked for
     * @param path a diffusers folder or a single {@code .safetensors} file; it has not been opened
     */
    record Found(String name, Path path) implements BaseModelSearch {}

    /**
     * @param evidence what was looked for, where, and what is there instead
     * @param remedy what the person who asked can do
     */
    record Unknown(String evidence, String remedy) implements BaseModelSearch {

        /** Evidence and remedy as one line. */
        public String sentence() {
            return evidence + " " + remedy;
        }
    }
}
