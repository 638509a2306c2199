/** CLIP's tokenizer: text to the token ids that a text encoder reads, as transformers' {@code CLIPTokenizer} gives them. */
@NullMarked
package athanor.diffusion.tokenizer;

import org.jspecify.annotations.NullMarked;
