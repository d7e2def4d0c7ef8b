// Facts that the catalogue no longer has. $ids: actors whose facts are written anew.
UNWIND $ids AS id
MATCH (a:Actor {id: id})-[r:ACTS_FOR|HOLDS|BELONGS_TO]->(:Actor)
DELETE r
