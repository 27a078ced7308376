// Bytes that the program has allocated and not freed.
long heap_bytes(void);
