/** What all pages have in common: language, words, numbers for people, and who may send them a form. */
@NullMarked
package athanor.console.page;

import org.jspecify.annotations.NullMarked;
