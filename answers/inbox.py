"""The page's part «inbox»."""

from fastapi import APIRouter

router = APIRouter()
