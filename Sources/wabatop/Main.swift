print("wabatop")
