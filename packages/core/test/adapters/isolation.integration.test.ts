import { database } from "./database.ts"
import { isolation } from "./isolation.ts"

isolation("the server of the tests", database)
